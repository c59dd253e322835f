"""What reportlab cannot write: fonts, the structure tree, metadata and the colour profile, put into the drawn file."""

import os
from collections.abc import Sequence
from datetime import UTC
from functools import cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from exports.document import Document
from exports.formats.pdf.embedding import Ink
from exports.formats.pdf.tags import Annotation, Mark, Node, Tags

# Every file is tagged; that it conforms to a standard is said only where the operator has had files checked.
CLAIM = "SERVANDA_PDF_CLAIM"


def finished(file: BytesIO, document: Document, ink: Ink, tags: Tags, order: Sequence[int]) -> bytes:
    """The whole file; the same content gives the same bytes.

    ``order`` holds the number under which each page was drawn, from 1, in the order in which they stand in the file.
    """
    with pikepdf.open(file) as pdf:
        fonts = Dictionary(ink.embed(pdf))
        shared = pdf.make_indirect(fonts)
        pages = dict(zip(order, pdf.pages, strict=True))
        for page in pdf.pages:
            page.Resources.Font = shared
            page.obj.Tabs = Name.S
        _Structure(pdf, document, tags, pages).write()
        root = pdf.Root
        root.MarkInfo = Dictionary(Marked=True)
        root.Lang = String(document.language)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        if document.direction == "rtl":
            root.ViewerPreferences.Direction = Name.R2L
        root.Metadata = pdf.make_indirect(_metadata(pdf, document))
        root.OutputIntents = Array([pdf.make_indirect(_intent(pdf))])
        result = BytesIO()
        pdf.save(result, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return result.getvalue()


class _Structure:
    """The structure tree with its way back from the pages."""

    def __init__(self, pdf: pikepdf.Pdf, document: Document, tags: Tags, pages: dict[int, Any]) -> None:
        self.pdf, self.document, self.tags, self.pages = pdf, document, tags, pages
        self.made: dict[Node, Any] = {}
        self.notes = 0

    def write(self) -> None:
        pdf = self.pdf
        top = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        top.K = Array([self._element(self.tags.root, top)])
        numbers: list[Any] = []
        for key, (number, page) in enumerate(sorted(self.pages.items())):
            page.obj.StructParents = key
            nodes = self.tags.marks.get(number, [])
            numbers += [key, pdf.make_indirect(Array([self.made[node] for node in nodes]))]
        key = len(self.pages)
        for number, page in sorted(self.pages.items()):
            for node, annotation in zip(
                self.tags.annotations.get(number, []), page.obj.get("/Annots", []), strict=True
            ):
                annotation.StructParent = key
                annotation.Contents = String(node.alt or "link")
                numbers += [key, self.made[node]]
                key += 1
        top.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        top.ParentTreeNextKey = key
        pdf.Root.StructTreeRoot = top

    def _element(self, node: Node, parent: Any) -> Any:
        made = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + node.role), P=parent))
        self.made[node] = made
        if node.alt and node.role != "Link":
            made.Alt = String(node.alt)
        if node.actual:
            made.ActualText = String(node.actual)
        attributes = _attributes(node)
        if attributes is not None:
            made.A = attributes
        if node.role == "Note":
            self.notes += 1
            made.ID = String(f"note-{self.notes}")
        kids = [self._kid(kid, made) for kid in node.kids]
        if kids:
            first = next((kid for kid in node.kids if isinstance(kid, Mark)), None)
            if first is not None:
                made.Pg = self.pages[first.page].obj
            made.K = Array(kids)
        return made

    def _kid(self, kid: Node | Mark | Annotation, parent: Any) -> Any:
        if isinstance(kid, Node):
            return self._element(kid, parent)
        page = self.pages[kid.page].obj
        if isinstance(kid, Mark):
            return Dictionary(Type=Name.MCR, Pg=page, MCID=kid.number)
        return Dictionary(Type=Name.OBJR, Pg=page, Obj=page.Annots[kid.at])


def _attributes(node: Node) -> Any:
    if node.role == "TH":
        return Dictionary(O=Name.Table, Scope=Name("/" + (node.scope or "Column")))
    if node.role == "L":
        return Dictionary(O=Name.List, ListNumbering=Name("/" + (node.scope or "None")))
    if node.box is not None:
        return Dictionary(O=Name.Layout, BBox=Array([round(each, 2) for each in node.box]), Placement=Name.Block)
    return None


def _metadata(pdf: pikepdf.Pdf, document: Document) -> Any:
    at = document.generated_at
    stamp = (at.replace(tzinfo=UTC) if at.tzinfo is None else at).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    claims = ""
    if os.environ.get(CLAIM, "").lower() in ("1", "true", "yes", "on"):
        claims = "<pdfuaid:part>1</pdfuaid:part><pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
    title, author, subject = (escape(text) for text in (document.title, document.author, document.subject))
    data = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" '
        'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>'
        f"<dc:language><rdf:Bag><rdf:li>{document.language}</rdf:li></rdf:Bag></dc:language>"
        "<dc:format>application/pdf</dc:format><pdf:Producer>Servanda</pdf:Producer>"
        f"<xmp:CreatorTool>Servanda</xmp:CreatorTool><xmp:CreateDate>{stamp}</xmp:CreateDate>"
        f"<xmp:ModifyDate>{stamp}</xmp:ModifyDate>{claims}"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
    return pikepdf.Stream(pdf, data.encode(), Type=Name.Metadata, Subtype=Name.XML)


@cache
def _profile() -> bytes:
    from PIL import ImageCms

    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # The header says when it was made; the same file has to be the same tomorrow.
    return made[:24] + bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0)) + made[36:]


def _intent(pdf: pikepdf.Pdf) -> Any:
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB"),
        DestOutputProfile=pdf.make_indirect(pikepdf.Stream(pdf, _profile(), N=3)),
    )
