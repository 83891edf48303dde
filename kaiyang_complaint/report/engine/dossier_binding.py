"""Binds a dossier: one PDF/A-3 of its frame and its parts, numbered, with bookmarks and files.

The frame comes as one PDF: cover, catalogue, reference sheet, and a small page for each number
that is stamped. The parts wait on disk, each a PDF of its pages with its file inside: only what is
written at the moment is held in memory.
"""

import io
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, OutlineItem, String

# How the bookmarks of the frame name its pieces.
COVER, CATALOGUE, CLOSING, NUMBERS = "卷宗封面", "卷内文件目录", "卷内备考表", "页码"
# Every object stands in the file by itself: what is damaged one day is damaged alone.
PLAIN = {"object_stream_mode": pikepdf.ObjectStreamMode.disable}
STAMP_WIDTH, STAMP_HEIGHT, STAMP_SIDE, STAMP_TOP = 72, 20, 20, 10


@dataclass
class Part:
    """A part of a dossier: a PDF on disk with its pages, if any, and the file itself inside."""

    path: Path
    title: str
    section: str
    page_count: int
    page_from: int = 1


@dataclass
class File:
    """A file as it came, or as it was printed."""

    name: str
    content: bytes
    mimetype: str


def write_part(target, file, pages=None):
    """Write a part: the pages of a PDF, and beside them the file as it came.

    :param pages: a PDF, as a path or a stream; nothing for what can't be shown
    :return: the number of pages
    """
    use = Name.Source if pages else Name.Supplement
    with pikepdf.open(pages) if pages else pikepdf.new() as pdf:
        # Bookmarks, scripts and files of a foreign PDF would clash with those of the dossier.
        for key in ("/Outlines", "/Names", "/AF"):
            if key in pdf.Root:
                del pdf.Root[key]
        # Parked under a key of our own; ``bind`` collects it from there into the catalogue.
        pdf.Root.File = pikepdf.AttachedFileSpec(
            pdf,
            file.content,
            filename=file.name,
            mime_type=file.mimetype,
            relationship=use,
        ).obj
        pdf.save(target, **PLAIN)
        return len(pdf.pages)


def bind(frame, parts, target):
    """Write the PDF of a dossier.

    :param frame: the PDF of cover, catalogue, reference sheet and numbers, in this order
    :param parts: the parts in their order
    """
    with ExitStack() as stack:
        pdf = stack.enter_context(pikepdf.open(io.BytesIO(frame)))
        starts = _starts(pdf)
        leaves = list(pdf.pages)
        numbers = leaves[starts[NUMBERS] :] if NUMBERS in starts else []
        closing = leaves[starts[CLOSING] : len(leaves) - len(numbers)]
        # The frame came in one piece: its last sheets are taken off, the parts put in, and the
        # closing sheet back behind them.
        del pdf.pages[starts[CLOSING] :]
        files = []
        for part in parts:
            # Kept open until the file is saved: the streams of copied pages are read only then.
            source = stack.enter_context(pikepdf.open(part.path))
            pdf.pages.extend(source.pages)
            files.append(pdf.copy_foreign(source.Root.File))
        _stamp(pdf.pages[starts[CLOSING] :], numbers)
        pdf.pages.extend(closing)
        _embed(pdf, files)
        _mark(pdf, parts, starts, len(numbers))
        pdf.save(target, fix_metadata_version=False, **PLAIN)


def _starts(pdf):
    """Return the index of the page each piece of the frame begins with."""
    # A destination names a page object, not its index.
    places = {page.objgen: index for index, page in enumerate(pdf.pages)}
    with pdf.open_outline() as outline:
        return {item.title: places[item.destination[0].objgen] for item in outline.root}


def _stamp(pages, numbers):
    """Put its number into the outer upper corner of each page: odd ones are front pages."""
    for index, (page, number) in enumerate(zip(pages, numbers, strict=True)):
        _, _, width, height = (float(side) for side in page.mediabox)
        left = STAMP_SIDE if index % 2 else width - STAMP_SIDE - STAMP_WIDTH
        top = height - STAMP_TOP
        # The pages of a paper share one dictionary: each gets its own, with its own number.
        page.obj.Resources = Dictionary({**page.obj.Resources})
        if "/XObject" in page.obj.Resources:
            page.obj.Resources.XObject = Dictionary({**page.obj.Resources.XObject})
        page.add_overlay(
            number, pikepdf.Rectangle(left, top - STAMP_HEIGHT, left + STAMP_WIDTH, top)
        )


def _embed(pdf, files):
    """Put the files into the PDF, and declare what they are to it (ISO 19005-3, 6.8)."""
    if not files:
        return
    tree = NameTree.new(pdf)
    for number, file in enumerate(files, 1):
        tree[f"{number:04d}"] = file
    pdf.Root.Names = Dictionary(EmbeddedFiles=tree.obj)
    pdf.Root.AF = Array(files)


def _mark(pdf, parts, starts, page_count):
    """Write bookmarks, and let readers show the numbers that are stamped on the pages."""
    first = starts[CLOSING]
    with pdf.open_outline() as outline:
        outline.root.clear()
        for name in (COVER, CATALOGUE):
            outline.root.append(OutlineItem(name, starts[name]))
        heading = None
        for part in (part for part in parts if part.page_count):
            place = first + part.page_from - 1
            if not heading or heading.title != part.section:
                heading = OutlineItem(part.section, place)
                outline.root.append(heading)
            heading.children.append(OutlineItem(part.title, place))
        outline.root.append(OutlineItem(CLOSING, first + page_count))
    pdf.Root.PageMode = Name.UseOutlines
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    labels = [0, Dictionary(P=String("卷首-"), S=Name.D)]
    if page_count:
        labels += [first, Dictionary(S=Name.D)]
    labels += [first + page_count, Dictionary(P=String("备考表-"), S=Name.D)]
    pdf.Root.PageLabels = Dictionary(Nums=Array(labels))
