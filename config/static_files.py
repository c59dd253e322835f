"""Static files as they are served: scripts in one file for each page, compressed, under names that change with them."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Scripts that pages name; what they import comes in the same file, so that a page asks for one.
ENTRIES = ("servanda/app.js", "servanda/editor.js", "servanda/translate.js")
_IMPORT = re.compile(r'^import (?:[^;"]*? from )?"(\.{1,2}/[^"]+)";\n', re.M)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let)\b)", re.M)
_REMARK = re.compile(r"^[ \t]*/\*.*?\*/\n", re.M | re.S)
_INDENT = re.compile(r"^[ \t]+", re.M)
_BESIDE = re.compile(r"(?<=[;,{]) /\* [^*\n]* \*/$", re.M)


def bundle(entry: str, read: Callable[[str], str]) -> str:
    """The script at ``entry`` and all that it imports, each once and before what needs it.

    Names at the top of modules are apart (tests/config/test_static_files.py), so that they can share one scope; an
    import under another name is not known. Remarks of whole lines stay out.
    """
    parts: list[str] = []
    seen: set[str] = set()

    def add(name: str) -> None:
        if name in seen:
            return
        seen.add(name)
        source = read(name)
        for found in _IMPORT.findall(source):
            add(_joined(name, found))
        parts.append(_EXPORT.sub("", _IMPORT.sub("", _REMARK.sub("", source))).strip())

    add(entry)
    return "\n".join(parts) + "\n"


def slim(script: str) -> str:
    """The script without indents and remarks at the ends of lines, which weigh something even compressed."""
    return _INDENT.sub("", _BESIDE.sub("", script))


def _joined(name: str, found: str) -> str:
    folder = name.split("/")[:-1]
    for step in found.split("/"):
        if step == "..":
            folder.pop()
        elif step != ".":
            folder.append(step)
    return "/".join(folder)


class _Made:
    """Where the collection finds a file that was made rather than found."""

    def __init__(self, text: str) -> None:
        self.text = text

    def open(self, path: str) -> ContentFile:
        return ContentFile(self.text.encode(), name=path)


class Storage(CompressedManifestStaticFilesStorage):
    """Collects each entry with what it imports."""

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:  # type: ignore[override]
        made = {
            entry: (_Made(slim(bundle(entry, partial(_read, paths)))), entry) for entry in ENTRIES if entry in paths
        }
        yield from super().post_process({**paths, **made}, *args, **options)


def _read(paths: dict[str, Any], name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode()
