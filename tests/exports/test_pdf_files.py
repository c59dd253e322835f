"""PDF files as other programs see them, in every language: sound, complete, the same each time."""

import hashlib
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pikepdf
import pytest

from exports.formats.pdf import render
from tests.exports.documents import report, request, working
from tests.exports.languages import TEXTS, page

MADE = {code: partial(page, code) for code in TEXTS} | {"report": report, "working": working, "letter": request}


@pytest.fixture(scope="module", params=MADE)
def path(request, tmp_path_factory):
    made = tmp_path_factory.mktemp("files") / f"{request.param}.pdf"
    made.write_bytes(render(MADE[request.param]()))
    return made


def said(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


def test_the_file_is_sound(path):
    with pikepdf.open(path) as file:
        assert file.check_pdf_syntax() == []


def test_every_font_is_embedded_cut_down_and_can_be_read(path):
    fonts = said("pdffonts", path).splitlines()[2:]

    assert fonts
    for line in fonts:
        assert line.split()[-5:-2] == ["yes", "yes", "yes"], line


def test_a_checker_of_structure_finds_nothing(path):
    done = subprocess.run([Path(sys.executable).parent / "pdfua", "check", path], capture_output=True, check=False)

    assert (done.returncode, "no findings" in done.stdout.decode()) == (0, True)


def test_no_language_costs_more_than_a_small_part_of_its_font(path):
    assert path.stat().st_size < 60_000


@pytest.mark.parametrize("code", ["en", "ar", "zh"])
def test_another_process_writes_the_same_bytes(code):
    program = (
        "import hashlib; from exports.formats.pdf import render; from tests.exports.languages import page;"
        f"print(hashlib.sha256(render(page('{code}'))).hexdigest())"
    )

    found = {
        said("env", f"PYTHONHASHSEED={seed}", f"PYTHONPATH={os.getcwd()}", sys.executable, "-c", program).strip()
        for seed in (1, 2)
    }

    assert found == {hashlib.sha256(render(page(code))).hexdigest()}


def test_a_file_drawn_after_one_in_another_language_is_the_same():
    alone = render(page("en"))
    render(page("ar"))

    assert render(page("en")) == alone
