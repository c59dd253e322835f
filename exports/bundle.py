"""A zip of files with a list of their names, sizes and hashes: the same files give the same bytes. No Django."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

SCHEMA, NUMBER = "servanda.bundle", 1
MANIFEST = "manifest.json"
LONGEST = 180  # bytes of a name with its folder; the shortest limit of a common file system is 255

_FORBIDDEN = re.compile(r'[<>:"|?*/\\]')  # by Windows, and what would be a folder
_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.I)
_PLAIN = (".json", ".csv", ".txt")  # the others are compressed in themselves


@dataclass(frozen=True)
class Item:
    """One file of the zip. ``data`` is fetched when its turn comes, so that one file at a time is in memory."""

    name: str
    kind: str  # "report" or "annex"
    data: Callable[[], bytes]
    folder: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def write(target: BinaryIO, items: Iterable[Item], *, about: dict[str, Any], made_at: datetime) -> None:
    """Write the zip with its manifest as the last entry; ``about`` says what the files are of."""
    taken = {MANIFEST.casefold()}
    listed = []
    with ZipFile(target, "w") as archive:
        for item in items:
            name = unique(item.folder + safe(item.name), taken)
            data = item.data()
            _put(archive, name, data)
            listed.append(
                {
                    "name": name,
                    "kind": item.kind,
                    "size": len(data),
                    "sha256": hashlib.sha256(data).hexdigest(),
                    **item.facts,
                }
            )
        manifest = {
            "schema": SCHEMA,
            "number": NUMBER,
            "made_at": made_at.astimezone(UTC).isoformat(),
            "about": about,
            "files": listed,
        }
        text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=2)
        _put(archive, MANIFEST, f"{text}\n".encode())


def _put(archive: ZipFile, name: str, data: bytes) -> None:
    entry = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED if name.endswith(_PLAIN) else ZIP_STORED
    entry.create_system = 3  # the same on every machine; names are UTF-8
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)


def safe(name: str) -> str:
    """A name that every common system can hold, in its own script: no paths, no signs that steer, no device names."""
    text = unicodedata.normalize("NFC", name)
    text = "".join(" " if letter.isspace() else letter for letter in text)
    text = "".join(letter for letter in text if unicodedata.category(letter)[0] != "C")
    text = re.sub(r" +", " ", _FORBIDDEN.sub("-", text)).strip(" .")
    if _DEVICES.match(text):
        text = f"_{text}"
    return _shortened(text, LONGEST) or "file"


def unique(name: str, taken: set[str]) -> str:
    """``name``, or with a number where another file has it already; upper and lower case are one."""
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, dot + ending) if stem else (name, "")
    found, number = name, 1
    while found.casefold() in taken:
        number += 1
        found = f"{stem} ({number}){ending}"
    taken.add(found.casefold())
    return found


def _shortened(name: str, most: int) -> str:
    """At most so many bytes, with the ending kept and no letter cut in two."""
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > 8:
        stem, dot, ending = name, "", ""
    room = most - len((dot + ending).encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip() + dot + ending
