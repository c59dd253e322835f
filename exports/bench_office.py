"""What a Word file costs beside bare python-docx: the ratio of one run, each side in a process of its own."""

import json
import statistics
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from exports.bench import long_report, measured
from exports.document import Paragraph, Table

# Most that each ratio may be.
LIMITS = {"docx_time": 2.0}
_PROJECT = Path(__file__).resolve().parent.parent


def measure(rounds: int = 3) -> dict[str, float]:
    """Ratio of time (processor); the median of ``rounds``."""
    found = [_run("docx")["seconds"] / _run("bare_docx")["seconds"] for _ in range(rounds)]
    return {"docx_time": round(statistics.median(found), 2)}


def _run(side: str) -> dict[str, float]:
    done = subprocess.run(  # noqa: S603 our own module
        [sys.executable, "-m", "exports.bench_office", side], cwd=_PROJECT, check=True, stdout=subprocess.PIPE
    )
    result: dict[str, float] = json.loads(done.stdout)
    return result


def _docx() -> Callable[[], bytes]:
    from exports.formats import docx

    document = long_report()
    return lambda: docx.render(document)


def _bare_docx() -> Callable[[], bytes]:
    """The same headings, paragraphs and tables as the manual of python-docx shows them; a note is a paragraph."""
    import docx

    document = long_report()

    def make() -> bytes:
        word = docx.Document()
        word.add_heading(document.title, 0)
        for section in document.sections:
            word.add_heading(section.heading, section.level)
            for block in section.blocks:
                if isinstance(block, Table):
                    word.add_paragraph(f"{block.label}. {block.caption}", "Caption")
                    table = word.add_table(0, len(block.head))
                    for line in (block.head, *([str(cell.value) for cell in row] for row in block.rows)):
                        for cell, text in zip(table.add_row().cells, line, strict=True):
                            cell.text = text
                    word.add_paragraph(f"Source: {block.source}")
                elif isinstance(block, Paragraph):
                    paragraph = word.add_paragraph(f"{block.number}. ")
                    runs = block.content[0].runs  # type: ignore[union-attr]
                    for run in runs:
                        paragraph.add_run(run.text).bold = run.bold or None
                    for note in (run.note for run in runs if run.note):
                        word.add_paragraph(note[0].text)
        file = BytesIO()
        word.save(file)
        return file.getvalue()

    return make


_SIDES = {"docx": _docx, "bare_docx": _bare_docx}


def _side(name: str) -> dict[str, float]:
    return measured(_SIDES[name]())


if __name__ == "__main__":
    print(json.dumps(_side(sys.argv[1]) if len(sys.argv) > 1 else measure()))  # noqa: T201 the answer of a command
