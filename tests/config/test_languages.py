"""A language is added by laying its catalogue into a folder."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import formats, translation

from config import languages, messages


def lay(folder, code, **header):
    po = polib.POFile()
    po.metadata = {"Language": code, "Plural-Forms": "nplurals=2; plural=n != 1;", **header}
    po.append(polib.POEntry(msgid="Sign in", msgstr=f"{code}: Sign in"))
    path = folder / code / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    po.save(str(path))


def test_english_comes_first_then_the_official_languages_then_the_others(tmp_path):
    for code in ["sw", "es", "ar", "am", "zh"]:
        lay(tmp_path, code)

    assert [language.code for language in languages.offered([tmp_path])] == ["en", "ar", "zh", "es", "am", "sw"]


def test_a_language_has_the_name_that_its_speakers_give_it(tmp_path):
    for code in ["fr", "zh", "ar"]:
        lay(tmp_path, code)

    named = [(language.own_name, language.bidi) for language in languages.offered([tmp_path])]

    assert named == [("English", False), ("العربيّة", True), ("简体中文", False), ("Français", False)]


def test_a_language_that_django_does_not_know_says_its_name_in_its_catalogue(tmp_path):
    lay(tmp_path, "prs", **{"X-Name": "Dari", "X-Own-Name": "دری", "X-Direction": "rtl"})

    assert languages.offered([tmp_path])[1] == languages.Language("prs", "Dari", "دری", bidi=True)


def test_no_day_is_written_by_a_pattern_of_its_own():
    """The order of day, month and year is the language's: formats are named ("DATE_FORMAT"), never spelled out."""
    base = Path(settings.BASE_DIR)
    rooms = [base / name for name in ("accounts", "exports", "reporting", "templates")]
    files = [path for room in rooms for end in ("*.py", "*.html", "*.txt") for path in room.rglob(end)]

    spelled = re.compile(r"""["'](?:l )?j [FMNE]\b""")

    assert [str(path.relative_to(base)) for path in files if spelled.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("code", ["prs"])
def test_a_folder_of_a_state_adds_a_language_without_code(tmp_path, code):
    """The product is started with the folder: it offers the language, speaks it, and writes it from the right."""
    lay(tmp_path / "locale", code, **{"X-Own-Name": "دری", "X-Direction": "rtl"})
    program = (
        "import django; django.setup()\n"
        "from config import messages\n"
        "from django.conf import settings\n"
        "from django.utils import translation\n"
        "from pathlib import Path\n"
        "source = next(Path(settings.LOCALE_PATHS[0]).rglob('django.po'))\n"
        "messages.compile_one(source, source.with_suffix('.mo'))\n"
        f"translation.activate('{code}')\n"
        "print(dict(settings.LANGUAGES)['prs'], translation.gettext('Sign in'), translation.get_language_bidi())\n"
        "print(translation.get_language_info('prs')['name_local'])\n"
    )
    environment = {
        **os.environ,
        "SERVANDA_LANGUAGES": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONIOENCODING": "utf-8",
    }

    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["دری prs: Sign in True", "دری"]


def test_the_words_of_packages_come_along_where_they_name_the_language_otherwise(tmp_path):
    """Django says zh_Hans for what the United Nations and this product call zh."""
    lay(tmp_path, "zh", **{"Plural-Forms": "nplurals=1; plural=0;"})
    source = tmp_path / "zh" / "LC_MESSAGES" / "django.po"

    messages.compile_one(source, source.with_suffix(".mo"))

    said = {entry.msgid: entry.msgstr for entry in polib.mofile(str(source.with_suffix(".mo")))}
    assert said["Sign in"] == "zh: Sign in"
    assert said["This field is required."] == "这个字段是必填项。"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["28 November 2026", "28 November 2026, 14:05", "28 November, 14:05", "21,200", "3.5"]),
        (
            "es",
            ["28 de noviembre de 2026", "28 de noviembre de 2026, 14:05", "28 de noviembre, 14:05", "21.200", "3,5"],
        ),
        (
            "fr",
            ["28 novembre 2026", "28 novembre 2026, 14:05", "28 novembre, 14:05", "21\u00a0200", "3,5"],
        ),
        ("zh", ["2026年11月28日", "2026年11月28日 14:05", "11月28日 14:05", "21\u00a0200", "3.5"]),
        (
            "ru",
            ["28 ноября 2026 года", "28 ноября 2026 года, 14:05", "28 ноября, 14:05", "21\u00a0200", "3,5"],
        ),
    ],
)
def test_days_and_numbers_are_written_as_in_the_documents_of_the_language(translated, language, said):
    moment = datetime(2026, 11, 28, 14, 5, tzinfo=UTC)

    with translation.override(language):
        days = [
            formats.date_format(moment, name) for name in ("DATE_FORMAT", "DATETIME_FORMAT", "SHORT_DATETIME_FORMAT")
        ]
        numbers = [formats.number_format(21200, force_grouping=True), formats.number_format(Decimal("3.5"))]

    assert [*days, *numbers] == said
