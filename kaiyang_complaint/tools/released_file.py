"""Files as they leave the centre: without what their makers and cameras wrote into them.

Pure: bytes in, bytes out. Opening untrusted files takes time and memory; a caller that may
not wait runs this where it can be ended.
"""

import io
import re
import struct
import zipfile
from typing import NamedTuple

import pikepdf
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

# Markers of a JPEG: how each begins, the end, compressed data, a comment, data of applications.
_MARKER, _END, _SCAN, _COMMENT = 0xFF, 0xD9, 0xDA, 0xFE
_APPLICATIONS = range(0xE0, 0xF0)
# What of the latter says how colours are meant.
_COLOURS = {0xE0: b"JFIF", 0xE2: b"ICC_PROFILE", 0xEE: b"Adobe"}
_ORIENTATION = 0x0112
MAX_PIXELS = 200_000_000
MAX_UNPACKED = 200 * 1024 * 1024
UNCLEAN = "（未清除文件属性）"
_NEUTRAL = re.compile(rf"附件(\d+)(?:{UNCLEAN})?\.\w+")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_REENCODED = {"GIF": "gif", "BMP": "bmp", "TIFF": "tif", "WEBP": "webp"}
# Brands of pictures in the container of films: HEIC of telephones, AVIF.
_STILLS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
_PNG_TEXT = (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME")
_OFFICE = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_OPEN_KINDS = {b"text": "odt", b"spreadsheet": "ods", b"presentation": "odp"}
_EMPTY = {
    "docProps/core.xml": (
        b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        b'core-properties"/>'
    ),
    "docProps/app.xml": (
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'extended-properties"/>'
    ),
    "docProps/custom.xml": (
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'custom-properties"/>'
    ),
    "meta.xml": (
        b'<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        b'office:version="1.2"/>'
    ),
}
# Who wrote a comment or a change: in attributes (Word, Excel) and in elements (Excel, Writer).
_AUTHORS = re.compile(rb"""(w(?:15)?:(?:author|initials))=("[^"]*"|'[^']*')""")
_PERSONS = re.compile(rb"""(displayName|userId)=("[^"]*"|'[^']*')""")
_CREATORS = re.compile(rb"<(author|dc:creator)>[^<]*</\1>")


class UnreleasableError(ValueError):
    """A file that can't be freed of what it says about its maker; ``kind`` says of which kind."""

    def __init__(self, kind):
        super().__init__(kind)
        self.kind = kind


class Released(NamedTuple):
    """A file as it leaves: its bytes, the ending of its name, whether its properties are gone."""

    content: bytes
    extension: str
    is_clean: bool


def neutral_name(number, released):
    """Return the name under which a file leaves.

    >>> neutral_name(1, Released(b"", "jpg", True)), neutral_name(2, Released(b"", "mp4", False))
    ('附件1.jpg', '附件2（未清除文件属性）.mp4')
    """
    return f"附件{number}{'' if released.is_clean else UNCLEAN}.{released.extension}"


def neutral_number(name):
    """Return the number in a neutral name, 0 for any other name.

    >>> neutral_number("附件12.jpg"), neutral_number("王小明.jpg")
    (12, 0)
    """
    found = _NEUTRAL.fullmatch(name or "")
    return int(found[1]) if found else 0


def released(content, name=""):
    """Return a copy of a file for people outside the centre.

    Pictures lose where, when, by whom and with what they were taken; PDF and office documents their
    authors, titles, companies and the names on comments. Of other kinds nothing is removed.

    :param bytes content: the file as it came
    :param str name: its name; only its ending is looked at, where the content does not tell
    :raise UnreleasableError: for a picture or document that can't be read, and for archives

    >>> released("情况说明".encode(), "王小明.txt")[1:]
    ('txt', True)
    >>> released(b"....ftypheic....", "IMG_1.HEIC")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
        ...
    UnreleasableError: picture
    """
    try:
        return _released(content, name)
    except (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError) as error:
        raise UnreleasableError("picture") from error
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise UnreleasableError("document") from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise UnreleasableError("archive") from error
    except (OSError, ValueError, struct.error, IndexError, EOFError) as error:
        if isinstance(error, UnreleasableError):
            raise
        raise UnreleasableError("picture") from error


def _released(content, name):
    extension = re.sub(r"\W", "", name.rpartition(".")[2].lower())[:8] or "bin"
    if content.startswith(_PICTURES) or content[8:12] == b"WEBP":
        return Released(*_bare_picture(content), True)
    if content[4:8] == b"ftyp" and content[8:12] in _STILLS:
        raise UnreleasableError("picture")
    if b"%PDF-" in content[:1024]:
        return Released(_bare_pdf(content), "pdf", True)
    if content.startswith(b"PK\x03\x04"):
        return Released(*_bare_document(content), True)
    if content.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise UnreleasableError("archive")
    is_text = b"\0" not in content
    if is_text and b"<svg" in content[:4096].lower():
        raise UnreleasableError("picture")
    return Released(content, extension, is_text)


# --- pictures ---------------------------------------------------------------------------------


def _bare_picture(content):
    """Return a picture without its metadata, and the ending of its name."""
    with Image.open(io.BytesIO(content)) as image:
        frames = getattr(image, "n_frames", 1) if image.format in _REENCODED else 1
        if image.width * image.height * frames > MAX_PIXELS:
            raise UnreleasableError("picture")
        if image.format in ("JPEG", "MPO"):
            return _bare_photo(content, image), "jpg"
        if image.format == "PNG":
            return _bare_png(content), "png"
        if image.format not in _REENCODED:
            raise UnreleasableError("picture")
        return _reencoded(image), _REENCODED[image.format]


def _bare_photo(content, image):
    """Return a photo upright and without metadata; dot for dot where it is upright already."""
    # Turned only where needed: every new encoding loses detail of the evidence.
    if image.getexif().get(_ORIENTATION, 1) == 1:
        return _bare_jpeg(content)
    output = io.BytesIO()
    ImageOps.exif_transpose(image).save(output, "JPEG", quality=95)
    return _bare_jpeg(output.getvalue())


def _bare_jpeg(content):
    """Return a JPEG without comments, application data, and what hangs behind its end.

    What tells how colours are meant stays: JFIF, Adobe and colour profiles.
    """
    kept, at = [content[:2]], 2
    while at < len(content):
        if content[at] != _MARKER:
            raise ValueError("no marker")
        marker = content[at + 1]
        if marker == _MARKER:
            at += 1
            continue
        # Cameras and telephones hang films and second pictures behind the end.
        if marker == _END:
            kept.append(content[at : at + 2])
            break
        end = at + 2 + struct.unpack_from(">H", content, at + 2)[0]
        if marker == _SCAN:
            end = _end_of_scan(content, end)
        if _is_of_the_picture(marker, content[at + 4 : at + 16]):
            kept.append(content[at:end])
        at = end
    return b"".join(kept)


def _is_of_the_picture(marker, start):
    if marker == _COMMENT:
        return False
    if marker not in _APPLICATIONS:
        return True
    return marker in _COLOURS and start.startswith(_COLOURS[marker])


def _end_of_scan(content, at):
    """Return where the next marker stands behind compressed data."""
    found = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]").search(content, at)
    return found.start() if found else len(content)


def _bare_png(content):
    kept, at = [content[:8]], 8
    while at + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if kind not in _PNG_TEXT:
            kept.append(content[at:end])
        at = end
        if kind == b"IEND":
            break
    return b"".join(kept)


def _reencoded(image):
    frames = []
    for frame in ImageSequence.Iterator(image):
        bare = frame.copy()
        bare.info = {
            name: bare.info[name]
            for name in ("transparency", "duration", "loop", "dpi")
            if name in bare.info
        }
        frames.append(bare)
    options = {"TIFF": {"compression": "tiff_deflate"}, "WEBP": {"quality": 95}}
    several = {"save_all": True, "append_images": frames[1:]} if len(frames) > 1 else {}
    output = io.BytesIO()
    frames[0].save(output, image.format, **options.get(image.format, {}), **several)
    return output.getvalue()


# --- documents --------------------------------------------------------------------------------


def _bare_pdf(content):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        for name in ("/AF", "/Lang"):
            if name in pdf.Root:
                del pdf.Root[name]
        if "/EmbeddedFiles" in pdf.Root.get("/Names", {}):
            del pdf.Root.Names["/EmbeddedFiles"]
        for part in pdf.objects:
            if isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
                _bare_part(part)
        output = io.BytesIO()
        pdf.save(output)
        return output.getvalue()


def _bare_part(part):
    for name in ("/Metadata", "/PieceInfo"):
        if name in part:
            del part[name]
    # The title of an annotation is its author; of a form field it is the name of the field.
    if part.get("/Type") == "/Annot" and part.get("/Subtype") != "/Widget" and "/T" in part:
        del part["/T"]
    if isinstance(part, pikepdf.Stream) and part.get("/Filter") == "/DCTDecode":
        parms = part.get("/DecodeParms")
        bare = _bare_jpeg(part.read_raw_bytes())
        part.write(bare, filter=pikepdf.Name.DCTDecode, decode_parms=parms)


def _bare_document(content):
    """Return an office document without its properties, and the ending of its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        entries = source.infolist()
        extension = _office_kind(source, entries)
        if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise UnreleasableError("document")
        output = io.BytesIO()
        with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in entries:
                # A fresh entry has no time, no comment and no user of the machine it was packed on.
                fresh = zipfile.ZipInfo(entry.filename)
                fresh.compress_type = entry.compress_type
                target.writestr(fresh, _bare_entry(entry.filename, source.read(entry)))
        return output.getvalue(), extension


def _office_kind(source, entries):
    names = [entry.filename for entry in entries]
    if "[Content_Types].xml" in names:
        for folder, extension in _OFFICE.items():
            if any(name.startswith(folder) for name in names):
                macros = any(name.endswith("vbaProject.bin") for name in names)
                return extension[:-1] + "m" if macros else extension
    if "mimetype" in names:
        with source.open("mimetype") as entry:
            kind = entry.read(100)
        if kind.startswith(_OPEN_DOCUMENT):
            return _OPEN_KINDS.get(kind.removeprefix(_OPEN_DOCUMENT), "odt")
    raise UnreleasableError("archive")


def _bare_entry(name, content):
    if name in _EMPTY:
        return _EMPTY[name]
    if "/persons/" in name:
        return _PERSONS.sub(rb'\1=""', content)
    if name.endswith(".xml"):
        return _CREATORS.sub(rb"<\1></\1>", _AUTHORS.sub(rb'\1=""', content))
    if content.startswith(_PICTURES[:2]):
        return _bare_picture(content)[0]
    return content
