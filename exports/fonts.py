"""The faces of our PDF files, cut from the variable fonts of a package and kept in the data folder.

``python -m exports.fonts DIR`` cuts them at set-up (about five seconds a face, once per version of the package);
where nobody did, the first PDF does. No font lies in the repository.
"""

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile

import fontpkg

PACKAGE = "fontpkg-noto-sans"
FAMILY = "Noto Sans"
# Name of the face as PDF files show it: style of the source, weight.
FACES = {
    "ServandaSans-Regular": ("normal", 400),
    "ServandaSans-Bold": ("normal", 700),
    "ServandaSans-Italic": ("italic", 400),
    "ServandaSans-BoldItalic": ("italic", 700),
}
_PROJECT = Path(__file__).resolve().parent.parent


def folder() -> Path:
    """Where the faces are kept: SERVANDA_FONTS, else ``fonts`` in the data folder."""
    chosen = os.environ.get("SERVANDA_FONTS")
    if chosen:
        return Path(chosen)
    return Path(os.environ.get("SERVANDA_DATA") or _PROJECT / "var") / "fonts"


def faces() -> dict[str, Path]:
    """The file of each face; cuts those that are missing, in a process of its own, since cutting takes much memory."""
    found = paths(folder())
    if not all(path.is_file() for path in found.values()):
        command = [sys.executable, "-m", "exports.fonts", str(folder().resolve())]
        subprocess.run(command, cwd=_PROJECT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 our own module
    return found


def paths(where: Path) -> dict[str, Path]:
    """The file of each face in the folder ``where``, made or not; a new version of the package has new files."""
    return {name: where / f"{name}-{version(PACKAGE)}.ttf" for name in FACES}


def cut(where: Path) -> list[Path]:
    """Cut the faces that ``where`` does not hold yet; gives the new files."""
    where.mkdir(parents=True, exist_ok=True)
    new = []
    for name, path in paths(where).items():
        if path.is_file():
            continue
        style, weight = FACES[name]
        with NamedTemporaryFile(dir=where, suffix=".part", delete=False) as part:
            _instance(fontpkg.path(FAMILY, style=style), name, weight).save(part)
        # Whole or not at all, also when two processes begin at once.
        os.replace(part.name, path)
        path.chmod(0o644)
        new.append(path)
    return new


def _instance(source: Path, name: str, weight: int):  # type: ignore[no-untyped-def]  # fontTools has no types
    """One weight of a variable font, under a name of its own: two faces of one name lose the bold in a PDF."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(source, recalcTimestamp=False)
    axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes} | {"wght": weight}
    instancer.instantiateVariableFont(font, axes, inplace=True)
    family, _, style = name.partition("-")
    for entry, text in {1: family, 2: style, 3: name, 4: name, 6: name, 16: family, 17: style}.items():
        font["name"].setName(text, entry, 3, 1, 0x409)
        font["name"].removeNames(nameID=entry, platformID=1)
    return font


if __name__ == "__main__":
    for made in cut(Path(sys.argv[1]) if len(sys.argv) > 1 else folder()):
        print(made)  # noqa: T201 the answer of a command
