"""What an archive asks of a PDF/A-3 (ISO 19005-3), as far as its structure shows it.

No substitute for a validator, and the drawing on the pages is not looked at: it holds back what
would be refused elsewhere before it is archived, and tells our own papers from foreign ones.
"""

import pikepdf
from lxml import etree
from pikepdf import Array, Dictionary, Stream

PDFA = "http://www.aiim.org/pdfa/ns/id/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC = "http://purl.org/dc/elements/1.1/"
PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
FILTERS = {"/LZWDecode", "/Crypt"}
ACTIONS = {"/GoTo", "/GoToR", "/URI", "/Named", "/Thread", "/SubmitForm"}
PRINTED, UNSEEN = 4, 1 | 2 | 32
FAULTS = (OSError, ValueError, TypeError, KeyError, AttributeError, pikepdf.PdfError)


def flaws(source):
    """Return what an archive would refuse in a PDF, a sentence each; nothing where it is sound.

    :param source: a path or a stream
    """
    try:
        with pikepdf.open(source) as pdf:
            found = [*_of_file(pdf), *_of_metadata(pdf), *_of_files_inside(pdf)]
            for item in pdf.objects:
                for part in _with_parts(item):
                    found += _of_part(part)
    except FAULTS as error:
        return [f"PDF: {error}"]
    return list(dict.fromkeys(found))


def _with_parts(item):
    """Yield an object and the objects written inside it."""
    pending = [item]
    while pending:
        one = pending.pop()
        if isinstance(one, Array):
            pending += [part for part in one if _is_inside(part)]
        elif isinstance(one, Dictionary | Stream):
            yield one
            pending += [part for part in one.values() if _is_inside(part)]


def _is_inside(part):
    return isinstance(part, Array | Dictionary) and not part.is_indirect


# --- the file as a whole ----------------------------------------------------------------------


def _of_file(pdf):
    root = pdf.Root
    if pdf.is_encrypted:
        yield "6.1.3: encrypted"
    if "/ID" not in pdf.trailer:
        yield "6.1.3: no identifier"
    intents = [one for one in root.get("/OutputIntents", []) if one.get("/S") == "/GTS_PDFA1"]
    if not any("/DestOutputProfile" in one for one in intents):
        yield "6.2.3: no output intent"
    if "/AA" in root or "/JavaScript" in root.get("/Names", {}):
        yield "6.6.1: acts when it is opened"
    if "/XFA" in root.get("/AcroForm", {}):
        yield "6.4.2: a form of XFA"


def _of_metadata(pdf):
    """Check the metadata of the PDF: it must declare PDF/A-3, consistently."""
    if not isinstance(pdf.Root.get("/Metadata"), Stream):
        yield "6.6.2: no metadata"
        return
    xmp = etree.fromstring(pdf.Root.Metadata.read_bytes())
    if _value(xmp, PDFA, "part") != "3" or not _value(xmp, PDFA, "conformance"):
        yield "6.6.4: does not name itself PDF/A-3"
    title = "".join(xmp.xpath("//dc:title//rdf:li/text()", namespaces={"dc": DC, "rdf": RDF}))
    if title != str(pdf.docinfo.get("/Title", "")):
        yield "6.6.3: two titles"


def _value(xmp, namespace, name):
    """Return a simple value of the metadata, written as an attribute or as an element."""
    found = xmp.xpath(f"//@x:{name} | //x:{name}/text()", namespaces={"x": namespace})
    return found[0] if found else None


def _of_files_inside(pdf):
    declared = {file.objgen for file in pdf.Root.get("/AF", [])}
    tree = pdf.Root.get("/Names", {}).get("/EmbeddedFiles")
    for file in pikepdf.NameTree(tree).values() if tree is not None else ():
        if file.objgen not in declared or "/AFRelationship" not in file:
            yield "6.8: a file whose use is not declared"
        if not {"/F", "/UF"} <= file.keys() or "/Subtype" not in file.EF.F:
            yield "6.8: a file without name or type"


# --- its parts --------------------------------------------------------------------------------


def _of_part(part):
    kind = part.get("/Type")
    if isinstance(part, Stream):
        yield from _of_stream(part)
    if kind == "/Font":
        yield from _of_font(part)
    elif kind == "/ExtGState" and ("/TR" in part or "/HTP" in part):
        yield "6.2.5: a transfer function"
    elif kind == "/Annot":
        yield from _of_annotation(part)
    elif kind == "/Page" and "/AA" in part:
        yield "6.6.1: acts when it is opened"
    if "/S" in part and ("/JS" in part or (kind == "/Action" and part.S not in ACTIONS)):
        yield f"6.6.1: an action {part.S}"


def _of_stream(stream):
    filters = stream.get("/Filter", [])
    names = {str(one) for one in (filters if isinstance(filters, Array) else [filters])}
    if names & FILTERS:
        yield f"6.1.7: {'、'.join(sorted(names & FILTERS))}"
    if "/F" in stream:
        yield "6.1.7: data outside the file"
    if stream.get("/Subtype") == "/Image":
        if stream.get("/Interpolate", False):
            yield "6.2.8: a picture that is interpolated"
        if stream.get("/ColorSpace") == "/DeviceCMYK":
            yield "6.2.4: colours of printing inks"
    elif stream.get("/Subtype") == "/PS" or "/Ref" in stream:
        yield "6.2.9: a drawing from elsewhere"


def _of_font(font):
    name = font.get("/BaseFont", "")
    if font.Subtype == "/Type0":
        if "/ToUnicode" not in font:
            yield f"6.2.11.7: {name} can't be read as text"
        return
    descriptor = font.get("/FontDescriptor", {})
    if font.Subtype != "/Type3" and not any(key in descriptor for key in PROGRAMS):
        yield f"6.2.11.4: {name} is not in the file"
    if font.Subtype == "/CIDFontType2" and "/CIDToGIDMap" not in font:
        yield f"6.2.11.3: {name} has no map of its characters"


def _of_annotation(annotation):
    flags = int(annotation.get("/F", 0))
    if not flags & PRINTED or flags & UNSEEN:
        yield "6.3.2: a note that is not printed"
    if annotation.get("/Subtype") in ("/Movie", "/Sound", "/Screen", "/3D", "/RichMedia"):
        yield f"6.3.1: {annotation.Subtype}"
