"""No cell of any workbook is a formula, whatever people write: read back, and once through a real spreadsheet."""

import csv
import os
import re
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from exports.document import (
    WORKING,
    Abbreviation,
    Annex,
    Bullets,
    Cell,
    Column,
    Cover,
    Document,
    Field,
    Fields,
    Heading,
    LegalReference,
    Listing,
    Missing,
    Paragraph,
    References,
    Response,
    Run,
    Section,
    Table,
    Text,
)
from exports.formats.xlsx import clean, render, render_listing
from tests.exports.reading import book

STARTS = [
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "#",
    "＝",
    "＋",
    "－",
    "＠",
    "'",
    '"',
    ";",
    ",",
    "|",
    "%",
    " ",
    "{",
    "\ufeff",
]
BODIES = ["1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x.example","y")', "SUM(A1:A9)", "DDE(1)", "REF!", "2024-01-01"]
hostile = st.builds(lambda start, body: start + body, st.sampled_from(STARTS), st.sampled_from(BODIES) | st.text())
anything = hostile | st.text(max_size=60)


def everywhere(text: str) -> Document:
    """A document in which ``text`` stands wherever people's words can stand."""
    paragraph = Paragraph(
        (Text((Run(text, bold=True), Run("", note=(Run(text),)))), Bullets(((Text((Run(text),)),),))), 1
    )
    reference = LegalReference(text, text, text, text, text)
    table = Table(text, (text, text), ((Cell(text), Cell(text, text)),), text, text, text, (text,), text)
    response = Response(
        text, text, text, text, text, text,
        (paragraph, table, References((reference,)), Fields((Field(text, text, text),)), Heading(text)), text,
    )  # fmt: skip
    section = Section(
        text, 2, text, text, (paragraph,), (response, Response(text, text, text)), text, text, (text,), text
    )
    return Document(
        title=text,
        form=WORKING,
        author=text,
        subject=text,
        cover=Cover((text,), (text,), (Field(text, text, text),), text),
        running_head=text,
        foot=text,
        watermark=text,
        abbreviations=(Abbreviation(text, text),),
        sections=(section,),
        statistics=(Section(text, blocks=(table,)),),
        references=(reference,),
        annexes=(Annex(text, text, text),),
        missing=(Missing(text, text, text, text),),
        listings=(listing(text),),
    )


def listing(text: str) -> Listing:
    return Listing(text, (Column(text), Column(text)), ((text, text), (None, text)))


def formulas(data: bytes) -> list[str]:
    """What of a workbook a spreadsheet could work out: formulas, and texts that only look like one, by their mark."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    found = [tag for sheet in sheets for tag in re.findall(r"<f[ >].*?</f>", sheet)]
    for sheet in book(data):
        for row in sheet.iter_rows():
            for cell in row:
                unmarked = isinstance(cell.value, str) and cell.value[:1] in "=+-@\t\r#" and not cell.quotePrefix
                if cell.data_type == "f" or unmarked:
                    found.append(f"{sheet.title}!{cell.coordinate}: {cell.value!r}")
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(anything)
@example("=1+1")
@example("@SUM(1)")
@example("\r=1")
def test_no_text_becomes_a_formula_wherever_it_stands(text):
    assert formulas(render(everywhere(text))) == []
    assert formulas(render_listing(listing(text))) == []


@pytest.mark.parametrize(
    "text", ["=1+1", "+41 22 000", "-12", "@name", "#REF!", "'quoted", "\t=1", "2024-01-01", "1E5"]
)
def test_what_was_written_is_read_back_as_it_was_written(text):
    values = {
        cell for sheet in book(render(everywhere(text))) for row in sheet.iter_rows(values_only=True) for cell in row
    }

    assert clean(text) in values
    assert all(value is None or isinstance(value, str | int) for value in values)


def soffice() -> str:
    path = shutil.which("soffice") or shutil.which("libreoffice")
    if path is None:
        sentence = "*** LEFT OUT: workbooks in a real spreadsheet. LibreOffice (soffice) was not found. ***"
        if os.environ.get("SERVANDA_MUST_RUN"):
            pytest.fail(sentence)
        print(f"\n{sentence}\n", file=sys.__stderr__)
        pytest.skip(sentence)
    return path


def test_a_real_spreadsheet_works_nothing_out(tmp_path: Path):
    texts = [start + body for start in STARTS for body in BODIES]
    answers = tuple(Paragraph((Text((Run(text),)),), number) for number, text in enumerate(texts, start=1))
    (tmp_path / "book.xlsx").write_bytes(render(Document("Report", sections=(Section("Heading", blocks=answers),))))

    profile, filter_ = f"-env:UserInstallation=file://{tmp_path}/profile", "csv:Text - txt - csv (StarCalc):44,34,76"
    command = [soffice(), profile, "--headless", "--convert-to", filter_, "--outdir", tmp_path, tmp_path / "book.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=240)

    with (tmp_path / "book.csv").open(encoding="utf-8", newline="") as file:
        shown = [row[3] for row in csv.reader(file)][1:]
    blank = str.maketrans("", "", "\r\n\t ")
    assert [each.translate(blank) for each in shown] == [clean(text).translate(blank) for text in texts]
