"""The golden report in Word: what is counted in the file, what its languages and captions are, and LibreOffice."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from docx.oxml.ns import qn

from exports.document import Document, tables, words
from exports.formats.docx import render
from reporting.reports import freeze
from reporting.text.words import count
from tests.exports import golden
from tests.exports.documents import report
from tests.exports.languages import page
from tests.exports.reading import pdf_text, word, word_notes, word_paragraphs
from tests.exports.said import cell_words, in_word, shown
from tests.exports.test_docx import xml

pytestmark = pytest.mark.usefixtures("translated")
every = pytest.mark.parametrize("language", golden.LANGUAGES)
_COUNTED = ("Title", "Heading 1", "Heading 2", "Heading 3", "Numbered Paragraph", "List Bullet", "List Number")
_UNDER = ("Source", "Table End")


def counted(data: bytes, document: Document) -> int:
    """Words of the file from its title to the last paragraph, as a reader of the file finds them.

    Not of the cover, the contents and what stands after the text; of captions and sources not "Table 3" and "Source".
    """
    labels = document.labels
    before = [labels.caption.format(label=table.label, caption="") for table in tables(document)]
    file = word(data)
    names = {style.style_id: style.name for style in file.styles}
    after = {labels.references, labels.annexes, labels.statistics, labels.missing}
    source = labels.source.format(source="").strip()
    total, is_front = 0, False
    for part in file.element.body:
        style = names.get(next((each.get(qn("w:val")) for each in part.iter(qn("w:pStyle"))), ""), "")
        text = shown(part)
        if style == "Heading 1":
            is_front = text == labels.abbreviations
            if text in after:
                break
        if part.tag == qn("w:tbl"):
            total += cell_words(part, labels)
        elif style == "Caption":
            total += count(text.removeprefix(next((each for each in before if text.startswith(each)), "")))
        elif style in _UNDER:
            total += count(text.removeprefix(source))
        elif style in _COUNTED and not is_front:
            total += count(text)
    return total + sum(map(count, word_notes(data)))


@every
def test_the_words_of_the_file_are_those_that_the_report_prints(language):
    document = golden.document(language)

    assert counted(render(document), document) == words(document) == freeze.total_words(golden.content(language))


def test_the_words_of_a_report_with_tables_in_its_text():
    assert counted(render(report()), report()) == words(report())


@pytest.mark.parametrize(
    ("code", "said"),
    [("en", ("en", "zh-CN", "ar-SA")), ("ar", ("ar", "zh-CN", "ar")), ("zh", ("zh-CN", "zh-CN", "ar-SA"))],
)
def test_the_language_of_the_text_is_said_once_for_each_script(code, said):
    styles = xml(render(page(code)), "word/styles.xml")

    found = [[each.get(qn(f"w:{name}")) for name in ("val", "eastAsia", "bidi")] for each in styles.iter(qn("w:lang"))]

    assert found == [list(said), list(said)]


def test_chinese_text_asks_for_its_face():
    body = xml(render(page("zh")))

    faces = {each.get(qn("w:hint")) for each in body.iter(qn("w:rFonts"))}
    styles = xml(render(page("zh")), "word/styles.xml")
    assert faces == {"eastAsia"}
    assert "SimSun" in {each.get(qn("w:eastAsia")) for each in styles.iter(qn("w:rFonts"))}


@every
def test_captions_count_by_a_field(language):
    document = golden.document(language)
    data = render(document)

    fields = [each.text.split() for each in xml(data).iter(qn("w:instrText")) if " SEQ " in each.text]
    assert [each[-1] for each in fields] == ["1", "2"]
    assert word_paragraphs(data, "Caption")[0] == document.labels.caption.format(
        label=next(iter(document.sections[2].blocks)).label, caption=next(iter(document.sections[2].blocks)).caption
    )


def test_no_word_of_a_table_is_wider_than_its_column():
    grid = next(iter(xml(render(golden.document("en"))).iter(qn("w:tblGrid"))))

    widths = [int(each.get(qn("w:w"))) for each in grid]
    assert sum(widths) <= 9070
    assert min(widths) >= 105 * len("Change")


def soffice() -> str:
    path = shutil.which("soffice") or shutil.which("libreoffice")
    if path is None:
        sentence = "*** LEFT OUT: Word files in a real word processor. LibreOffice (soffice) was not found. ***"
        if os.environ.get("SERVANDA_MUST_RUN"):
            pytest.fail(sentence)
        print(f"\n{sentence}\n", file=sys.__stderr__)
        pytest.skip(sentence)
    return path


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_real_word_processor_opens_and_saves_it_whole(language, tmp_path: Path):
    document = golden.document(language)
    data = render(document)
    (tmp_path / "report.docx").write_bytes(data)
    profile, out = f"-env:UserInstallation=file://{tmp_path}/profile", tmp_path / "out"

    for kind in ("pdf", "docx"):
        command = [soffice(), profile, "--headless", "--convert-to", kind, "--outdir", out, tmp_path / "report.docx"]
        subprocess.run(command, check=True, capture_output=True, timeout=240)

    again = (out / "report.docx").read_bytes()
    before, after = in_word(data, document.labels), in_word(again, document.labels)
    assert [text for _, text in after.paragraphs] == [text for _, text in before.paragraphs]
    assert sorted(after.notes) == sorted(before.notes)
    assert after.tables == before.tables
    assert after.marks == before.marks
    assert word(again).core_properties.title == document.title
    assert "Oficina del niño" in pdf_text((out / "report.pdf").read_bytes())
