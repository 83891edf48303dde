# One registration form as PDF: WeasyPrint in this process against wkhtmltopdf and Chromium on the
# same HTML.
import base64
import io
import logging
import pathlib
import resource
import shutil
import subprocess
import tempfile
import time

from odoo.tools.pdf import PdfFileReader

from odoo.addons.kaiyang_complaint.report import paper

REPORT = "kaiyang_complaint.report_registration_phone"
RUNS = 7
CHROMIUM = shutil.which("chromium")
# What each paper of an archive says of itself, and only ours does.
ARCHIVE = b"pdfaid:part"
REASON = "排队两小时后被告知材料不齐，窗口人员没有一次性告知。" * 20


def measure(render):
    render()  # fonts and stylesheets are read once
    times = []
    for _run in range(RUNS):
        start = time.perf_counter()
        pdf = render()
        times.append(time.perf_counter() - start)
    return min(times), describe(pdf)


def describe(pdf):
    reader = PdfFileReader(io.BytesIO(pdf))
    metadata = reader.trailer["/Root"].get("/Metadata")
    kind = "PDF/A" if metadata and ARCHIVE in metadata.get_data() else "no PDF/A"
    return f"{len(reader.pages)} pages, {len(pdf) / 1024:.0f} KiB, {kind}"


def compare(name, render):
    """Time both in turn, the best of each: whatever else the machine does meets both."""
    render()
    ours, theirs = [], []
    for _run in range(RUNS):
        for times, run in ((ours, lambda: paper.write_pdf(html)), (theirs, render)):
            start = time.perf_counter()
            run()
            times.append(time.perf_counter() - start)
    mine, yours = min(ours), min(theirs)
    print(
        f"pdf: {name} {yours:.3f} s ({describe(render())}):"
        f" WeasyPrint {mine:.3f} s, {mine / yours:.2f} of its time"
    )


def by_chromium(folder):
    """Print the page as a browser does that is started for it."""
    out = pathlib.Path(folder, "form.pdf")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    paths = [f"--user-data-dir={folder}/profile", f"--print-to-pdf={out}", f"{folder}/form.html"]
    subprocess.run([*command, *paths], check=True, capture_output=True)
    return out.read_bytes()


def static(path):
    return paper.StaticFetcher().fetch(f"{paper.STATIC}{path}").read()


def with_static_files_inside(html):
    """Give wkhtmltopdf, which has no server to ask here, style sheet and font in the page."""
    link = '<link rel="stylesheet" href="/kaiyang_complaint/static/src/paper/paper.css"/>'
    font = "kaiyang_complaint/static/src/paper/ticks.ttf"
    css = static("kaiyang_complaint/static/src/paper/paper.css").decode()
    assert link in html
    assert font in css
    data = base64.b64encode(static(font)).decode()
    css = css.replace(f"/{font}", f"data:font/ttf;base64,{data}")
    return html.replace(link, f"<style>{css}</style>")


reports = env["ir.actions.report"]
ticket = env["helpdesk.ticket"].create(
    {
        "team_id": env.ref("kaiyang_complaint.team_complaint_room").id,
        "channel_id": env.ref("kaiyang_complaint.channel_phone").id,
        "partner_name": "王小明",
        "service_item": "不动产转移登记",
        "description": f"<p>{REASON}</p>",
    }
)
html = with_static_files_inside(reports._render_qweb_html(REPORT, ticket.ids)[0].decode())

whole, what = measure(lambda: reports._render_qweb_pdf(REPORT, ticket.ids)[0])
print(f"pdf: QWeb and WeasyPrint {whole:.3f} s ({what})")
alone, what = measure(lambda: paper.write_pdf(html))
print(f"pdf: WeasyPrint alone {alone:.3f} s ({what})")
if reports.get_wkhtmltopdf_state() in ("ok", "upgrade"):
    logging.getLogger("odoo.addons.base.models.ir_actions_report").setLevel(logging.ERROR)
    # Odoo lets it wait a second for scripts, which the form does not have.
    for case, delay in (("as Odoo calls it", "1000"), ("without its waiting", "0")):
        env["ir.config_parameter"].set_param("report.print_delay", delay)
        compare(f"wkhtmltopdf {case}", lambda: reports._run_wkhtmltopdf([html], report_ref=REPORT))
else:
    print("pdf: SKIPPED the comparison: wkhtmltopdf is not installed (Debian: wkhtmltopdf)")
if CHROMIUM:
    # A browser reserves more addresses than Odoo grants itself.
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "form.html").write_text(html, encoding="utf-8")
        compare("Chromium, headless", lambda: by_chromium(folder))
else:
    print("pdf: SKIPPED the comparison: chromium is not installed (Debian: chromium)")
env.cr.rollback()
