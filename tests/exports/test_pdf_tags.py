"""Tagged PDF: every text of a page is part of the structure, or says that it is none."""

import subprocess
from collections import Counter
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest

from exports.bench import long_report
from exports.document import Document, Run, Section
from exports.formats.pdf import render
from exports.formats.pdf.finishing import CLAIM
from tests.exports.documents import arabic, bullets, paragraph, report, request, working
from tests.exports.reading import letters

MADE = {
    "report": report,
    "working": working,
    "request": request,
    "arabic": arabic,
    "long": lambda: long_report(6000, 6),
}


@pytest.fixture(scope="module", params=MADE)
def file(request):
    data = render(MADE[request.param]())
    with pikepdf.open(BytesIO(data)) as pdf:
        yield pdf


def opened(document):
    return pikepdf.open(BytesIO(render(document)))


def elements(element):
    """An element of the structure and all below it, in the order of reading."""
    yield element
    for kid in element.get("/K", []):
        if kid.get("/Type") == "/StructElem":
            yield from elements(kid)


def roles(pdf):
    return [str(each.S)[1:] for each in elements(pdf.Root.StructTreeRoot.K[0])]


def stretches(page):
    """For each operator that draws: its name, and the number of the stretch around it (None in an artifact)."""
    stack, numbers = [], []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            tag = str(operands[0])
            number = operands[1].get("/MCID") if name == "BDC" else None
            assert not stack, "no stretch stands inside another"
            assert (number is None) == (tag == "/Artifact")
            stack.append(number)
            if number is not None:
                numbers.append(int(number))
        elif name == "EMC":
            stack.pop()
        elif name in ("Tj", "TJ", "S", "f", "B", "f*", "b", "s", "Do"):
            assert stack, f"{name} outside of every stretch"
            yield name, stack[0]
    assert stack == []
    assert numbers == list(range(len(numbers)))


def test_all_that_is_drawn_is_in_the_structure_or_an_artifact(file):
    for page in file.pages:
        assert list(stretches(page))


def test_every_stretch_of_a_page_leads_to_its_element_and_back(file):
    tree = file.Root.StructTreeRoot.ParentTree.Nums
    parents = {int(tree[at]): tree[at + 1] for at in range(0, len(tree), 2)}
    for page in file.pages:
        used = sorted({number for _, number in stretches(page) if number is not None})
        listed = parents[int(page.obj.StructParents)]
        assert used == list(range(len(listed)))
        for number in used:
            kids = [kid for kid in listed[number].K if kid.get("/Type") == "/MCR"]
            assert [1 for kid in kids if number == kid.MCID and kid.Pg.objgen == page.obj.objgen] == [1]
        assert page.obj.Tabs == "/S"


def test_every_link_belongs_to_an_element(file):
    tree = file.Root.StructTreeRoot.ParentTree.Nums
    parents = {int(tree[at]): tree[at + 1] for at in range(0, len(tree), 2)}
    for page in file.pages:
        for annotation in page.obj.get("/Annots", []):
            element = parents[int(annotation.StructParent)]
            assert element.S == "/Link"
            assert annotation.objgen in [kid.Obj.objgen for kid in element.K if kid.get("/Type") == "/OBJR"]
            assert str(annotation.Contents)


def test_headings_never_skip_a_level(file):
    levels = [int(role[1]) for role in roles(file) if role[0] == "H" and role[1:].isdigit()]

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_file_says_its_language_title_and_that_it_is_tagged(file):
    root = file.Root

    assert root.MarkInfo.Marked
    assert str(root.Lang) in ("en", "ar")
    assert root.ViewerPreferences.DisplayDocTitle
    with file.open_metadata() as metadata:
        assert metadata["dc:title"] == str(file.docinfo.Title)
        assert "pdfuaid:part" not in metadata
        assert "pdfaid:part" not in metadata
    assert root.OutputIntents[0].DestOutputProfile.N == 3


def test_a_table_has_head_cells_and_rows():
    with opened(report()) as pdf:
        table = next(each for each in elements(pdf.Root.StructTreeRoot.K[0]) if each.S == "/Table")

        assert [str(kid.S) for kid in table.K] == ["/Caption", *["/TR"] * 4]
        assert [(str(cell.S), str(cell.A.Scope)) for cell in table.K[1].K] == [("/TH", "/Column")] * 6
        assert [str(cell.S) for cell in table.K[2].K] == ["/TH", *["/TD"] * 5]
        assert table.K[2].K[0].A.Scope == "/Row"


def test_the_head_of_a_table_is_in_the_structure_once():
    with opened(long_report(3000, 2)) as pdf:
        tables = [each for each in elements(pdf.Root.StructTreeRoot.K[0]) if each.S == "/Table"]

        assert all(Counter(str(kid.S) for kid in table.K)["/TR"] == 11 for table in tables)


def test_a_list_has_items_with_marks_and_bodies():
    document = Document("A", sections=(Section("S", blocks=(paragraph(1, "It forbids:", bullets("fees", "debts")),)),))
    with opened(document) as pdf:
        found = roles(pdf)

    assert found[found.index("L") :] == ["L", *["LI", "Lbl", "LBody", "P"] * 2]


def test_a_footnote_follows_its_mark_and_has_a_name():
    document = Document(
        "A", sections=(Section("S", blocks=(paragraph(1, "Text", Run("", note=(Run("Below."),)), " goes on."),)),)
    )
    with opened(document) as pdf:
        found = roles(pdf)
        note = next(each for each in elements(pdf.Root.StructTreeRoot.K[0]) if each.S == "/Note")

        assert found[found.index("Reference", found.index("H2")) :] == ["Reference", "Note", "Lbl"]
        assert str(note.ID) == "note-1"


def test_arabic_says_how_its_letters_are_read():
    with opened(arabic()) as pdf:
        said = [str(each.ActualText) for each in elements(pdf.Root.StructTreeRoot.K[0]) if "/ActualText" in each]

    assert "المادة 66: التوظيف" in said
    assert "دخل القانون رقم 12 حيز النفاذ في 1 تموز/يوليه 2023." in said


def test_the_tree_read_by_another_program_has_the_text_in_order(tmp_path):
    path = tmp_path / "file.pdf"
    path.write_bytes(render(report()))

    tree = subprocess.run(["pdfinfo", "-struct-text", path], check=True, capture_output=True).stdout.decode()

    found = letters("".join(line.strip().strip('"') for line in tree.splitlines()))
    wanted = ["Contents", "1. The report was prepared by the national mechanism", "Inspected", "188", "Source: Central"]
    places = [found.find(letters(each)) for each in wanted]
    assert -1 not in places
    assert places == sorted(places)


def test_conformance_is_claimed_only_where_the_operator_says_so(monkeypatch):
    monkeypatch.setenv(CLAIM, "1")

    with opened(request()) as pdf, pdf.open_metadata() as metadata:
        assert (metadata["pdfuaid:part"], metadata["pdfaid:conformance"]) == ("1", "A")
