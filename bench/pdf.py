# One registration form as PDF: WeasyPrint in this process against wkhtmltopdf on the same HTML.
import base64
import io
import logging
import time
from statistics import median

from odoo.tools.pdf import PdfFileReader

from odoo.addons.kaiyang_complaint.report import paper

REPORT = "kaiyang_complaint.report_registration_phone"
RUNS = 7
REASON = "排队两小时后被告知材料不齐，窗口人员没有一次性告知。" * 20


def measure(render):
    render()  # fonts and stylesheets are read once
    times = []
    for _run in range(RUNS):
        start = time.perf_counter()
        pdf = render()
        times.append(time.perf_counter() - start)
    return median(times), len(PdfFileReader(io.BytesIO(pdf)).pages)


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

whole, pages = measure(lambda: reports._render_qweb_pdf(REPORT, ticket.ids)[0])
print(f"pdf: QWeb and WeasyPrint {whole:.3f} s ({pages} pages)")
ours, pages = measure(lambda: paper.write_pdf(html))
print(f"pdf: WeasyPrint alone {ours:.3f} s ({pages} pages)")
if reports.get_wkhtmltopdf_state() in ("ok", "upgrade"):
    logging.getLogger("odoo.addons.base.models.ir_actions_report").setLevel(logging.ERROR)
    # Odoo lets it wait a second for scripts, which the form does not have.
    for case, delay in (("as Odoo calls it", "1000"), ("without its waiting", "0")):
        env["ir.config_parameter"].set_param("report.print_delay", delay)
        theirs, pages = measure(lambda: reports._run_wkhtmltopdf([html], report_ref=REPORT))
        print(
            f"pdf: wkhtmltopdf {case} {theirs:.3f} s ({pages} pages):"
            f" WeasyPrint takes {ours / theirs:.2f} of its time"
        )
else:
    print("pdf: SKIPPED the comparison: wkhtmltopdf is not installed (Debian: wkhtmltopdf)")
env.cr.rollback()
