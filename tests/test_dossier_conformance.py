"""What an archive takes is not for us to say: Preflight of Apache PDFBox reads what we print.

It knows PDF/A-1 (ISO 19005-1), stricter than the PDF/A-3 we print. What it finds must be one of the
few rules that later parts of the standard lifted, and nothing else. Its checks of fonts, colours,
drawing instructions, annotations, structure and metadata are the same in all parts.
"""

import base64
import os
import pathlib
import re
import shutil
import subprocess

import pikepdf
import pytest
import requests
from weasyprint import HTML

LIFTED = {
    r"1\.2\.9 : .*EmbeddedFile entry is present in a FileSpecification": (
        "19005-1, 6.1.11: no files inside; 19005-3, 6.8: any file, where its use is declared"
    ),
    r"1\.4\.7 : .*EmbeddedFile entry is present in the Names": (
        "19005-1, 6.1.11: no files inside; 19005-3, 6.8: any file, where its use is declared"
    ),
    r"3\.1\.11 : .*The CIDSet entry is missing": (
        "19005-1, 6.3.5: a list of the characters of a font; 19005-3, 6.2.11.4.2: may be left out"
    ),
    r"3\.1\.3 : .*invalid /Subtype /OpenType in /FontFile3": (
        "19005-1, 6.3.4: fonts as PDF 1.4 embeds them; 19005-3, 6.2.11.4.1: as PDF 1.7 does, in "
        "OpenType as well (ISO 32000-1, table 126)"
    ),
    r"7\.11\.2 : .*part must be 1": "19005-1, 6.7.11: names part 1; 19005-3, 6.6.4: names part 3",
    r"1\.4 : .*cross reference streams": (
        "19005-1, 6.1.4: tables of objects alone; 19005-3, 6.1.4: streams of them too"
    ),
}
FOUND = re.compile(r"^\d+(?:\.\d+)* : .*", re.MULTILINE)
REGISTRATION = "kaiyang_complaint.report_registration_phone"
DOSSIER = "kaiyang_complaint.report_dossier"


@pytest.fixture(scope="session")
def preflight():
    """Return a function that lists what Preflight finds in a PDF."""
    folder = os.environ.get("KC_PREFLIGHT")
    if not folder:
        pytest.skip("the Debian packages of Apache PDFBox could not be downloaded")
    if not shutil.which("java"):
        pytest.skip("no Java to run the checker with (Debian: default-jre-headless)")
    jars = ":".join(str(jar) for jar in pathlib.Path(folder).glob("*.jar"))

    def check(path):
        command = ["java", "-cp", jars, "org.apache.pdfbox.preflight.Validator_A1b", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert "PDF/A-1b file" in done.stdout, done.stdout + done.stderr
        return FOUND.findall(done.stdout)

    return check


def not_lifted(findings):
    """Return what is no rule that a later part of the standard lifted."""
    return [one for one in findings if not any(re.match(rule, one) for rule in LIFTED)]


def printed(server, login, report, record):
    """Print a record as the browser does and return the PDF."""
    session = requests.Session()
    page = session.get(f"{server.url}/web/login", timeout=60).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    form = {"login": login, "password": login, "csrf_token": token}
    session.post(f"{server.url}/web/login", data=form, timeout=60)
    answer = session.get(f"{server.url}/report/pdf/{report}/{record}", timeout=120)
    assert answer.content[:4] == b"%PDF", answer.text[:2000]
    return answer.content


@pytest.fixture(scope="session")
def case(server):
    """Return a closed case of the demonstration, with a picture, foreign PDFs and a recording."""
    clerk, archivist = server.rpc("clerk"), server.rpc("archivist")
    closed = [("complaint_state", "=", "closed"), ("channel_id.complaint_code", "=", "phone")]
    ticket = archivist.call("helpdesk.ticket", "search", closed, limit=1)[0]
    for name, content in (
        ("窗口监控截图.png", pixel()),
        ("整改报告.pdf", foreign_pdf()),
        ("网页打印.pdf", printed_page()),
        ("来电录音.mp3", b"ID3"),
    ):
        values = {"name": name, "res_model": "helpdesk.ticket", "res_id": ticket}
        data = base64.b64encode(content).decode()
        clerk.call("ir.attachment", "create", {**values, "datas": data})
    opened = archivist.call("helpdesk.ticket", "action_open_dossier", [ticket])
    archivist.call("complaint.dossier", "action_compile", [opened["res_id"]])
    return ticket, opened["res_id"]


def pixel():
    """Return a picture with a transparent ground."""
    return base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )


def printed_page():
    """Return a PDF whose page an archive takes as it is drawn: its font is inside."""
    return HTML(string="<title>x</title><h1>情况说明</h1><p>Page</p>").write_pdf()


def foreign_pdf():
    """Return a PDF that no archive takes: its font is not inside, and it runs a script."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Contents = pdf.make_stream(b"BT /F 24 Tf 72 300 Td (FOREIGN) Tj ET")
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        pdf.Root.OpenAction = script
        path = pathlib.Path(os.environ["KC_LOGS"]) / "foreign.pdf"
        pdf.save(path)
    return path.read_bytes()


def test_a8_a_dossier_meets_the_rules_of_the_archive(server, preflight, case, tmp_path):
    path = tmp_path / "dossier.pdf"
    path.write_bytes(printed(server, "archivist", DOSSIER, case[1]))
    findings = preflight(path)
    assert findings, "it knows part 1 alone: nothing found means nothing read"
    assert not not_lifted(findings)


def test_a8_a_paper_meets_the_rules_of_the_archive(server, preflight, case, tmp_path):
    path = tmp_path / "form.pdf"
    path.write_bytes(printed(server, "clerk", REGISTRATION, case[0]))
    assert not not_lifted(preflight(path))


def test_a8_the_checker_sees_what_is_wrong(server, preflight, case, tmp_path):
    content = printed(server, "archivist", DOSSIER, case[1])
    whole, broken = tmp_path / "dossier.pdf", tmp_path / "broken.pdf"
    whole.write_bytes(content)
    for wrong, expected in (
        (without_fonts, "3.1.3"),
        (without_colours, "2.4.3"),
        (acting, "6.2.5"),
    ):
        with pikepdf.open(whole) as pdf:
            wrong(pdf)
            pdf.save(broken, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        found = not_lifted(preflight(broken))
        assert any(one.startswith(expected) for one in found), (wrong, found)


def without_fonts(pdf):
    """Take the fonts out."""
    for item in pdf.objects:
        for key in ("/FontFile2", "/FontFile3"):
            if isinstance(item, pikepdf.Dictionary) and key in item:
                del item[key]


def without_colours(pdf):
    """Take the output intent out."""
    del pdf.Root.OutputIntents


def acting(pdf):
    """Let it run a script when it is opened."""
    pdf.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
    )
