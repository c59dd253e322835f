"""The languages of the interface: English, and every one whose catalogue lies in a folder of languages.

One is added by laying ``locale/CODE/LC_MESSAGES/django.po`` into ``config``, or into the folder that SERVANDA_LANGUAGES
names, where ``translations/CODE/*.yaml`` may hold the words of the questionnaires. No code names a language otherwise.
Read by the settings: nothing here may need them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf.locale import LANG_INFO

ENGLISH = "en"
# The order in which the United Nations name their languages; others follow by code.
OFFICIAL = ["ar", "zh", "en", "fr", "ru", "es"]
# What Django and its packages call a language that has another name here.
BORROWED = {"zh": "zh_Hans"}
_HEADER = re.compile(r'^"(X-[A-Za-z-]+): (.*?)\\n"$', re.MULTILINE)


@dataclass(frozen=True)
class Language:
    """A language as its menu shows it; ``bidi`` where it is written from right to left."""

    code: str
    name: str
    own_name: str
    bidi: bool = False

    def info(self) -> dict[str, Any]:
        """What Django keeps of a language."""
        return {"bidi": self.bidi, "code": self.code, "name": self.name, "name_local": self.own_name}


def offered(folders: Iterable[Path]) -> list[Language]:
    """English first, then the other official languages, then those of the States."""
    codes = {path.parent.parent.name for folder in folders for path in folder.glob("*/LC_MESSAGES/django.po")}
    found = {code: _language(code, folders) for code in {ENGLISH, *codes}}
    order = [ENGLISH, *(code for code in OFFICIAL if code != ENGLISH)]
    return sorted(found.values(), key=lambda one: (order.index(one.code) if one.code in order else 99, one.code))


def make_known(languages: Iterable[Language]) -> None:
    """Django asks its own table for the name and the direction of a language; those that it lacks are added."""
    for language in languages:
        LANG_INFO.setdefault(language.code, language.info())


def _language(code: str, folders: Iterable[Path]) -> Language:
    """The header of a catalogue wins: X-Name, X-Own-Name, X-Direction (rtl)."""
    said = _said(code, folders)
    known: dict[str, Any] = LANG_INFO.get(BORROWED.get(code, code).replace("_", "-").lower(), {})
    own_name = said.get("X-Own-Name") or known.get("name_local") or code
    return Language(
        code,
        said.get("X-Name") or known.get("name") or code,
        own_name[0].upper() + own_name[1:],
        said["X-Direction"] == "rtl" if "X-Direction" in said else bool(known.get("bidi")),
    )


def _said(code: str, folders: Iterable[Path]) -> dict[str, str]:
    for folder in folders:
        path = folder / code / "LC_MESSAGES" / "django.po"
        if path.is_file():
            with path.open(encoding="utf-8") as file:
                return dict(_HEADER.findall(file.read(4000)))
    return {}
