"""What our files cost beside the bare libraries: ratios of the same run, each side in a process of its own.

``python -m exports.bench`` prints them; ``measure`` gives them to ``make bench``.
"""

import json
import math
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from exports.document import Abbreviation, Cell, Cover, Document, Paragraph, Run, Section, Table, Text, words
from reporting.text.words import count

# Most that each ratio may be.
LIMITS = {
    "pdf_time": 2.0,  # of bare reportlab; 1.5 is the aim
    "pdf_of_weasyprint": 0.5,
    "pdf_of_weasyprint_ar": 1.0,
    "pdf_of_weasyprint_zh": 1.0,
    "pdf_megabytes": 160.0,
    "pdf_ten_times_time": 11.0,
    "pdf_ten_times_megabytes": 600.0,
    "xlsx_time": 1.3,
}
_PROJECT = Path(__file__).resolve().parent.parent
_SYLLABLES = ("gra", "tion", "work", "law", "court", "per", "mit", "fam", "state", "act", "rec", "tor", "wage", "right")
_ARABIC = ("عمل", "مات", "قان", "ون", "حق", "وق", "مها", "جر", "ين", "لجن", "ات", "حما", "ية", "تقر", "ير")
_YEARS = ("2021", "2022", "2023", "2024", "2025")


def measure(rounds: int = 3) -> dict[str, float]:
    """Ratio of time (processor) by name, and the peak of memory; the median of ``rounds``.

    What cannot be measured here is not a number, and the reason is written to the standard error.
    """
    found: dict[str, list[float]] = {name: [] for name in LIMITS}
    for _ in range(rounds):
        ours, bare = _run("pdf"), _run("bare_pdf")
        found["pdf_time"].append(ours["seconds"] / bare["seconds"])
        found["pdf_megabytes"].append(ours["kilobytes"] / 1024)
        long = _run("pdf_ten_times")
        found["pdf_ten_times_time"].append(long["seconds"] / ours["seconds"])
        found["pdf_ten_times_megabytes"].append(long["kilobytes"] / 1024)
        for language in ("", "_ar", "_zh"):
            theirs = _run(f"weasyprint{language}")["seconds"]
            found[f"pdf_of_weasyprint{language}"].append(_run(f"pdf{language}")["seconds"] / theirs)
        ours, bare = _run("xlsx"), _run("bare_xlsx")
        found["xlsx_time"].append(ours["seconds"] / bare["seconds"])
    return {name: round(statistics.median(values), 2) for name, values in found.items()}


def _run(side: str) -> dict[str, float]:
    done = subprocess.run(  # noqa: S603 our own module
        [sys.executable, "-m", "exports.bench", side], cwd=_PROJECT, check=True, stdout=subprocess.PIPE
    )
    result: dict[str, float] = json.loads(done.stdout)
    return result


# --- what is drawn ------------------------------------------------------------------------------------------------


def long_report(
    target: int = 21_200, table_count: int = 20, language: str = "en", sections_count: int = 40
) -> Document:
    """A report of about ``target`` words in sections, with tables over five years and some footnotes."""
    chance = random.Random(7)
    _sentence = partial(_written, language)
    sections: list[Section] = []
    number, done = 0, 0
    for place in range(sections_count):
        blocks: list[Paragraph | Table] = []
        if place % 2 == 0 and place // 2 < table_count:
            blocks.append(_table(_sentence, chance, place // 2 + 1))
        share = target * (place + 1) / sections_count
        done = words(Document("", sections=(*sections, Section("", blocks=tuple(blocks)))))
        while done < share:
            number += 1
            content = _sentence(chance, min(90, int(share - done) + 1))
            runs: tuple[Run, ...] = (Run(content),)
            if number % 5 == 0:
                runs = (Run(content + " "), Run("in force", bold=True), Run(" since then."))
            if number % 8 == 0:
                runs += (Run("", note=(Run(_sentence(chance, 14)),)),)
            blocks.append(Paragraph((Text(runs),), number))
            done += count(content)
        if place % 8 == 0:
            sections.append(Section(f"Part {place // 8 + 1}: {_sentence(chance, 3)}", level=1))
        sections.append(Section(f"Article {place + 1}: {_sentence(chance, 4)}", blocks=tuple(blocks)))
    return Document(
        "Third periodic report submitted by Arcadia under article 73 of the Convention, due in 2027",
        cover=Cover(over=("Convention",), under=("Republic of Arcadia",)),
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        running_head="Arcadia: third periodic report",
        abbreviations=(Abbreviation("ILO", "International Labour Organization"),),
        sections=tuple(sections),
    )


def _written(language: str, chance: random.Random, length: int) -> str:
    """Made-up words in the letters of a language."""
    if language == "zh":
        return (
            "".join(chr(0x4E00 + chance.randrange(2_500)) + ("，" if at % 17 == 16 else "") for at in range(length))
            + "。"
        )
    syllables = _ARABIC if language == "ar" else _SYLLABLES
    made = ("".join(chance.choices(syllables, k=chance.randint(1, 3))) for _ in range(length))
    return " ".join(made).capitalize() + "."


def _table(sentence: Callable[[random.Random, int], str], chance: random.Random, number: int) -> Table:
    rows = tuple(
        (Cell(sentence(chance, 3)), *(Cell(Decimal(chance.randint(0, 90_000))) for _ in _YEARS)) for _ in range(10)
    )
    return Table(sentence(chance, 5), ("Group", *_YEARS), rows, label=f"Table {number}", source="Statistics office")


def many_answers(number: int = 10_000) -> Document:
    """Ten thousand answers of forty words."""
    chance = random.Random(7)
    texts = [_written("en", chance, 40) for _ in range(200)]
    blocks = tuple(Paragraph((Text((Run(texts[at % 200]),)),), at + 1) for at in range(number))
    sections = (
        Section(f"Article {at}: Work", article=str(at), blocks=blocks[at * 100 : at * 100 + 100]) for at in range(100)
    )
    return Document("Report", sections=tuple(sections))


# --- the sides ----------------------------------------------------------------------------------------------------


def _pdf(language: str = "en", times: int = 1) -> Callable[[], bytes]:
    from exports.formats import pdf

    document = long_report(21_200 * times, 20 * times, language, 40 * times)
    return lambda: pdf.render(document)


def _weasyprint(language: str = "en") -> Callable[[], bytes]:
    from exports import bench_html

    return bench_html.maker(long_report(language=language))


def _xlsx() -> Callable[[], bytes]:
    from exports.formats import xlsx

    document = many_answers()
    return lambda: xlsx.render(document)


def _bare_xlsx() -> Callable[[], bytes]:
    from openpyxl import Workbook

    rows = [
        (section.heading, section.article, block.number, block.content[0].runs[0].text)  # type: ignore[union-attr]
        for section in many_answers().sections
        for block in section.blocks
    ]

    def make() -> bytes:
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Answers")
        for row in rows:
            sheet.append(row)
        file = BytesIO()
        book.save(file)
        return file.getvalue()

    return make


def _bare_pdf() -> Callable[[], bytes]:
    """The same text, tables and contents with the paragraphs of reportlab, as its manual shows them."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate
    from reportlab.platypus import Paragraph as Plain
    from reportlab.platypus import Table as Grid
    from reportlab.platypus.tableofcontents import TableOfContents

    from exports import fonts

    class Template(BaseDocTemplate):  # type: ignore[misc]
        def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 reportlab's name
            if getattr(flowable, "level", None) is not None:
                self.notify("TOCEntry", (flowable.level, flowable.getPlainText(), self.page))

    document = long_report()
    regular, bold, italic, bold_italic = fonts.LOOKS
    style = ParagraphStyle("body", fontName=regular, bulletFontName=regular, fontSize=10, leading=14.5, spaceAfter=6)
    head = ParagraphStyle("head", parent=style, fontName=bold, fontSize=13, leading=17, keepWithNext=1)

    def story() -> Iterator[Flowable]:
        contents = TableOfContents()
        contents.levelStyles = [style, style]
        yield Plain(document.title, head)
        yield PageBreak()
        yield contents
        yield PageBreak()
        for section in document.sections:
            heading = Plain(escape(section.heading), head)
            heading.level = section.level - 1
            yield heading
            for block in section.blocks:
                if isinstance(block, Table):
                    yield Plain(f"{block.label}. {escape(block.caption)}", style)
                    data = [list(block.head), *([str(cell.value) for cell in row] for row in block.rows)]
                    looks = [("FONT", (0, 0), (-1, -1), regular, 8.5), ("LINEBELOW", (0, 0), (-1, -1), 0.5, "black")]
                    yield Grid(data, repeatRows=1, style=looks)
                    yield Plain(f"Source: {block.source}", style)
                    continue
                yield from (Plain(line, style) for line in _lines(block))

    def _lines(block: object) -> Iterator[str]:
        assert isinstance(block, Paragraph)
        runs = block.content[0].runs  # type: ignore[union-attr]
        marked = "".join(f"<b>{escape(run.text)}</b>" if run.bold else escape(run.text) for run in runs)
        yield f"{block.number}. {marked}"
        for run in runs:
            if run.note:
                yield escape(run.note[0].text)

    # Two faces of one name in their tables would be one font in the file.
    faces = {look: _renamed(fonts.static(look), look) for look in fonts.LOOKS}

    def make() -> bytes:
        for name, file in faces.items():
            pdfmetrics.registerFont(TTFont(name, file))
        pdfmetrics.registerFontFamily(regular, regular, bold, italic, bold_italic)
        file = BytesIO()
        template = Template(file, pagesize=A4, initialFontName=regular)
        template.addPageTemplates(PageTemplate(frames=[Frame(70, 70, 455, 700)]))
        template.multiBuild(list(story()))
        return file.getvalue()

    return make


def _renamed(data: bytes, look: str) -> BytesIO:
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(data))
    for entry in (1, 3, 4, 6, 16):
        font["name"].setName(f"Bare-{look}", entry, 3, 1, 0x409)
        font["name"].removeNames(nameID=entry, platformID=1)
    file = BytesIO()
    font.save(file)
    file.seek(0)
    return file


_SIDES: dict[str, Callable[[], Callable[[], bytes]]] = {
    "pdf": _pdf,
    "pdf_ar": partial(_pdf, "ar"),
    "pdf_zh": partial(_pdf, "zh"),
    "pdf_ten_times": partial(_pdf, "en", 10),
    "bare_pdf": _bare_pdf,
    "weasyprint": _weasyprint,
    "weasyprint_ar": partial(_weasyprint, "ar"),
    "weasyprint_zh": partial(_weasyprint, "zh"),
    "xlsx": _xlsx,
    "bare_xlsx": _bare_xlsx,
}


def _side(name: str) -> dict[str, float]:
    try:
        make = _SIDES[name]()
    except (ImportError, OSError) as error:
        if not name.startswith("weasyprint"):
            raise
        sys.stderr.write(
            f"\n*** WeasyPrint cannot run here, so nothing is measured against it: {error}\n"
            "*** It needs requirements-dev.txt and the system library Pango (Debian: libpango-1.0-0).\n\n"
        )
        return {"seconds": math.nan, "kilobytes": math.nan, "size": 0}
    return measured(make)


def measured(make: Callable[[], bytes]) -> dict[str, float]:
    """CPU seconds, most memory of this process so far in kilobytes, and bytes of the file."""
    begun = time.process_time()
    size = len(make())
    seconds = time.process_time() - begun
    return {"seconds": seconds, "kilobytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, "size": size}


if __name__ == "__main__":
    print(json.dumps(_side(sys.argv[1]) if len(sys.argv) > 1 else measure()))  # noqa: T201 the answer of a command
