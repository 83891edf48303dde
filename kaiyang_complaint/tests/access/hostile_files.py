"""Small files that take a library minutes, gigabytes or its life to open."""

import io
import struct
import zipfile
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name

A4 = (595, 842)
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)


def nested_pdf(levels=9, times=10):
    """Return a PDF of some kilobytes whose page draws ``times ** levels`` lines."""
    with pikepdf.new() as pdf:
        form = pdf.make_stream(b"0 0 m 500 700 l S", Type=Name.XObject, Subtype=Name.Form)
        form.BBox = Array([0, 0, *A4])
        for _level in range(levels):
            inner, form = form, pdf.make_stream(b"/F Do " * times)
            form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, *A4])
            form.Resources = Dictionary(XObject=Dictionary(F=inner))
        return _page_of(pdf, b"/F Do", Dictionary(XObject=Dictionary(F=form)))


def _page_of(pdf, drawing, resources):
    page = pdf.add_blank_page(page_size=A4)
    page.Resources = resources
    page.Contents = pdf.make_stream(drawing)
    content = io.BytesIO()
    pdf.save(content, compress_streams=True)
    return content.getvalue()


def book(rows, repeat=1, merged="", head=""):
    """Return an xlsx file whose only sheet is made of a piece of XML, any number of times."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", _relation("officeDocument", "xl/workbook.xml"))
        package.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        package.writestr(
            "xl/_rels/workbook.xml.rels", _relation("worksheet", "worksheets/sheet1.xml")
        )
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'{head}<worksheet xmlns="{SHEET}"><sheetData>'.encode())
            for _time in range(repeat):
                sheet.write(rows.encode())
            sheet.write(f"</sheetData>{merged}</worksheet>".encode())
    return content.getvalue()


def _relation(kind, target):
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{RELATIONS}/{kind}" Target="{target}"/></Relationships>'
    )


def zip_bomb():
    """Return an xlsx file of some kilobytes that unpacks to 200 MB."""
    return book("<!-- " + " " * 4_000_000 + " -->", 50)


def millions_of_cells():
    """Return an xlsx file of a few megabytes with two million cells."""
    return book("<row>" + "<c><v>1</v></c>" * 100 + "</row>", 20_000)


def one_far_cell():
    """Return an xlsx file with two cells: the first and the last that a sheet has."""
    return book('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"/></row>')


def all_merged():
    """Return an xlsx file with one range that is merged: the whole sheet."""
    merged = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return book("<row><c><v>1</v></c></row>", merged=merged)


def entities():
    """Return an xlsx file whose sheet declares what a reader would multiply."""
    return book("<row><c><v>&a;</v></c></row>", head='<!DOCTYPE x [<!ENTITY a "1">]>')


def huge_png(width=60_000, height=60_000):
    """Return a PNG of some kilobytes that says it has billions of dots."""

    def chunk(kind, data):
        sum_ = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", sum_)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def many_frames(count=5000):
    """Return a TIFF of thousands of pages of one dot."""
    tags = [(256, 1), (257, 1), (258, 8), (259, 1), (262, 1), (273, 0), (278, 1), (279, 1)]
    size = 2 + 12 * len(tags) + 4
    pages = []
    for number in range(1, count + 1):
        fields = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
        follows = 8 + number * size if number < count else 0
        pages.append(struct.pack("<H", len(tags)) + fields + struct.pack("<I", follows))
    return b"II*\0" + struct.pack("<I", 8) + b"".join(pages)
