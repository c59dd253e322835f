"""The kept pictures of a page in each language; ``python -m tests.exports.draw_pages`` draws them anew."""

import subprocess
import sys
import tempfile
from pathlib import Path

from exports.formats.pdf import render
from tests.exports.languages import TEXTS, page

KEPT = Path(__file__).parent / "pages"
LOOKED_AT = 4  # the page of text, after cover, contents and abbreviations


def draw(language: str, to: Path) -> Path:
    """A small grey picture of the page of text in the language."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.pdf"
        path.write_bytes(render(page(language)))
        number = str(LOOKED_AT)
        command = ["pdftoppm", "-r", "45", "-gray", "-png", "-singlefile", "-f", number, "-l", number]
        subprocess.run([*command, path, to / language], check=True)
    return to / f"{language}.png"


if __name__ == "__main__":
    KEPT.mkdir(exist_ok=True)
    for code in sys.argv[1:] or TEXTS:
        print(draw(code, KEPT))
