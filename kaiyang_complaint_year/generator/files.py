import io
import wave

from markupsafe import Markup, escape

from odoo.addons.kaiyang_complaint.report.engine import paper

RATE = 8000
LETTER = Markup(
    "<html lang='zh-CN'><head><title>来信</title><style>@page { size: A4; margin: 30mm 25mm } "
    "body { font: 16pt/2 FangSong, 'Noto Serif CJK SC', serif }</style></head>"
    "<body><p>%s：</p><p style='text-indent: 2em'>%s</p><p style='text-align: right'>%s</p></body>"
    "</html>"
)


def recording():
    """Return a second of silence: what was said on the telephone is nobody's business."""
    content = io.BytesIO()
    with wave.open(content, "wb") as sound:
        sound.setparams((1, 1, RATE, 0, "NONE", None))
        sound.writeframes(b"\x80" * RATE)
    return content.getvalue()


def letter(addressee, text, sender):
    """Return the PDF of a letter that someone wrote to the hall."""
    return paper.write_pdf(LETTER % (escape(addressee), escape(text), escape(sender)))
