"""Message catalogues: what there is to translate, and its compilation, both without gettext.

The words come from the syntax trees of the Python files and from what Django makes of the templates.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import django
import polib
from django.apps import apps
from django.conf import settings
from django.utils.translation.template import templatize

from config.languages import BORROWED

OWN = Path(__file__).resolve().parent / "locale"
ROOMS = ["accounts", "config", "exports", "reporting"]
MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip

SHORT = [month[:3].lower() for month in MONTHS]
PRESS = ["Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."]

# What a function takes before its count: "c" a context, "m" a message, "p" its plural.
SHAPES = {"gettext": "m", "_": "m", "ngettext": "mp", "pgettext": "cm", "npgettext": "cmp"}
STRING = r"""[ur]?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"(?<![\w.])(_|n?p?gettext)\(\s*({STRING}(?:\s*,\s*{STRING})*)", re.DOTALL)
PLACEHOLDER = re.compile(r"%\(\w+\)[-+ #0]*\d*(?:\.\d+)?[a-zA-Z]|\{\w*\}|%%")


@dataclass(frozen=True, order=True)
class Message:
    """One thing to translate; context and plural are empty where there is none."""

    msgid: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What a catalogue finds it by."""
        return self.msgid, self.context


def collect() -> list[Message]:
    """Everything that the program may say, in the order of the files; a word that stands twice comes once."""
    found: dict[tuple[str, str], Message] = {}
    for message in [*_django_words(), *_python_words(), *_template_words()]:
        if message.msgid and (message.key not in found or message.plural):
            found[message.key] = message
    return list(found.values())


def languages() -> list[str]:
    """The languages whose catalogue lies in the product itself."""
    return sorted(path.parent.parent.name for path in OWN.glob("*/LC_MESSAGES/django.po"))


def catalogue(language: str) -> Path:
    """Where the words of a language stand."""
    return OWN / language / "LC_MESSAGES" / "django.po"


def plurals(po: polib.POFile) -> int:
    """How many forms of a plural the language of a catalogue has."""
    found = re.match(r"\s*nplurals\s*=\s*(\d+)", po.metadata.get("Plural-Forms", ""))
    return int(found.group(1)) if found else 2


def missing(po: polib.POFile) -> list[Message]:
    """Messages of the program that a catalogue lacks, leaves empty or holds as fuzzy."""
    entries = {(entry.msgid, entry.msgctxt or ""): entry for entry in po if not entry.obsolete}
    return [
        message
        for message in collect()
        if message.key not in entries
        or not entries[message.key].translated()
        or bool(entries[message.key].msgid_plural) != bool(message.plural)
    ]


def misplaced(po: polib.POFile) -> list[str]:
    """Messages whose translation lacks a placeholder or brings one that is not there.

    A form that stands for a single number may leave the number out: it is said in the noun.
    """
    wrong = []
    single = {6: {0, 1, 2}, 1: set()}.get(plurals(po), {0})
    for entry in po:
        if entry.obsolete or not entry.translated():
            continue
        allowed = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))
        forms = entry.msgstr_plural.items() if entry.msgid_plural else [(-1, entry.msgstr)]
        for number, words in forms:
            used = set(PLACEHOLDER.findall(words))
            needed = set(PLACEHOLDER.findall(entry.msgid)) if number in single else allowed
            lacking = needed - used
            if used - allowed or (lacking and not (number in single and len(lacking) == 1)):
                wrong.append(f"{entry.msgid} ({number}): {words}")
    return wrong


def compile_all() -> list[str]:
    """Write django.mo beside every django.po that is newer; returns the languages compiled."""
    done = []
    for folder in settings.LOCALE_PATHS:
        for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            if not target.is_file() or target.stat().st_mtime < source.stat().st_mtime:
                compile_one(source, target)
                done.append(source.parts[-3])
    return done


def compile_one(source: Path, target: Path) -> None:
    """Compile one catalogue. Where packages know the language by another name, their words are taken in with ours."""
    po = polib.pofile(str(source))
    theirs = BORROWED.get(source.parts[-3])
    said = {(entry.msgid, entry.msgctxt) for entry in po.translated_entries()}
    for path in _packaged(theirs) if theirs else []:
        for entry in polib.pofile(str(path)).translated_entries():
            if (entry.msgid, entry.msgctxt) not in said:
                said.add((entry.msgid, entry.msgctxt))
                po.append(entry)
    po.metadata["Content-Type"] = "text/plain; charset=UTF-8"  # polib writes nothing else; Python reads ASCII without
    po.save_as_mofile(str(target))


def _packaged(language: str) -> Iterator[Path]:
    """The catalogues of Django and of the installed applications in a language."""
    folders = [Path(django.__file__).parent / "conf", *(Path(config.path) for config in apps.get_app_configs())]
    for folder in folders:
        path = folder / "locale" / language / "LC_MESSAGES" / "django.po"
        if path.is_file():
            yield path


def _django_words() -> Iterator[Message]:
    """Names of months, which Django translates too, but not as the United Nations writes them in Arabic."""
    for month, short, press in zip(MONTHS, SHORT, PRESS, strict=True):
        yield Message(month)
        yield Message(month, context="alt. month")
        yield Message(short)
        yield Message(press, context="abbrev. month")


def _python_words() -> Iterator[Message]:
    for path in _files("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = dict(_imported(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                shape = SHAPES.get(names.get(called, called if called != "_" else "").removesuffix("_lazy"))
                if shape:
                    yield from _message(shape, [_text(argument) for argument in node.args[: len(shape)]])


def _template_words() -> Iterator[Message]:
    for path in [*_files("*.html"), *_files("*.txt")]:
        for name, arguments in CALL.findall(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
            words = [ast.literal_eval(literal) for literal in re.findall(STRING, arguments, re.DOTALL)]
            yield from _message(SHAPES[name], words)


def _files(pattern: str) -> list[Path]:
    base = Path(settings.BASE_DIR)
    return sorted(path for room in [*ROOMS, "templates"] for path in (base / room).rglob(pattern))


def _imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Names under which the module knows the functions of translation."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for alias in node.names:
                yield alias.asname or alias.name, alias.name


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _message(shape: str, words: list[str | None]) -> Iterator[Message]:
    """Nothing where an argument is no literal: such words are marked where they are written."""
    if len(words) >= len(shape) and all(isinstance(word, str) for word in words):
        parts = {kind: str(word) for kind, word in zip(shape, words, strict=False)}
        yield Message(parts["m"], parts.get("p", ""), parts.get("c", ""))
