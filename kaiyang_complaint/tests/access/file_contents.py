"""Files of the kinds an office takes, as small as they may be, with words to look for in them."""

import io
import wave

import pikepdf
from PIL import Image


def recording(words=b""):
    """Return half a second of silence; the words stand in it as samples."""
    content = io.BytesIO()
    with wave.open(content, "wb") as sound:
        sound.setparams((1, 1, 8000, 0, "NONE", None))
        sound.writeframes(words.ljust(4000, b"\x80"))
    return content.getvalue()


def scan(words=b""):
    """Return a picture of a sheet; the words stand behind it."""
    content = io.BytesIO()
    Image.new("L", (60, 80), 255).save(content, "PNG")
    return content.getvalue() + words


def sheet():
    """Return a PDF of one empty page."""
    content = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(content)
    return content.getvalue()
