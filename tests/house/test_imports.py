"""The import map and the layers of docs/architecture.md, read with ast, so that the map cannot rot."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# A package may import what stands to its right, and every room reporting.text.
MAP = [
    "config",
    "exports",
    "reporting.desk",
    "reporting.assistance",
    "reporting.reports",
    "reporting.evidence",
    "reporting.questionnaires",
    "reporting.cycles",
    "reporting.instruments",
    "accounts",
]
# Inside a room a module imports only from lines above its own.
LAYERS = [
    {"choices", "exceptions", "kinds", "shelf", "acts"},
    {"querysets", "models"},
    {"permissions", "people", "requirements", "freeze", "freeze_tables", "titles", "labels", "due"},
    {"workflow", "history", "moves", "jobs", "tasks", "notifications"},
    {"services"},
    {"forms", "presenters", "context", "rights"},
    {"views", "api", "urls", "admin", "management"},
]
ROOMS = [room for room in MAP if room not in {"config"} and (ROOT / room.replace(".", "/")).is_dir()]


def modules() -> Iterator[tuple[str, Path]]:
    for top in ("config", "exports", "reporting", "accounts"):
        for path in sorted((ROOT / top).rglob("*.py")):
            if "migrations" not in path.parts:
                yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """(module imported, whether inside a function) of everything but what only the type checker reads."""
    tree = ast.parse(path.read_text())
    checked = {
        id(node)
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and ast.unparse(branch.test).endswith("TYPE_CHECKING")
        for node in ast.walk(branch)
    }
    inner = {
        id(node) for function in ast.walk(tree) if isinstance(function, ast.FunctionDef) for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if id(node) in checked:
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, id(node) in inner
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield f"{node.module}.{alias.name}", id(node) in inner


def room_of(module: str) -> str | None:
    return next((room for room in MAP if module == room or module.startswith(room + ".")), None)


ALL = list(modules())


def test_packages_import_only_what_stands_to_their_right():
    wrong = []
    for module, path in ALL:
        mine = room_of(module)
        for imported, _inner in imports(path):
            other = room_of(imported)
            if mine and other and MAP.index(other) < MAP.index(mine):
                wrong.append(f"{module} imports {imported}")

    assert wrong == []


def test_reporting_text_imports_neither_django_nor_any_room():
    wrong = [
        f"{module} imports {imported}"
        for module, path in ALL
        if module.startswith("reporting.text")
        for imported, _inner in imports(path)
        if imported.startswith("django") or (room_of(imported) and not imported.startswith("reporting.text"))
    ]

    assert wrong == []


def layer_of(module: str, room: str) -> int | None:
    head = module.removeprefix(room).lstrip(".").partition(".")[0]
    for index, names in enumerate(LAYERS):
        if any(head == name or head.startswith(name + "_") for name in names):
            return index
    return None


@pytest.mark.parametrize("room", ROOMS)
def test_inside_a_room_modules_import_only_from_layers_above_their_own(room: str):
    wrong = []
    for module, path in ALL:
        if room_of(module) != room:
            continue
        mine = layer_of(module, room)
        for imported, _inner in imports(path):
            other = layer_of(imported, room) if room_of(imported) == room else None
            if mine is not None and other is not None and other > mine:
                wrong.append(f"{module} imports {imported}")

    assert wrong == []


def test_only_the_door_and_the_grant_tables_import_guardian():
    allowed = {"accounts.permissions"}
    wrong = [
        module
        for module, path in ALL
        if module not in allowed and not module.endswith("models.grants")
        for imported, _inner in imports(path)
        if imported.startswith("guardian")
    ]

    assert wrong == []


def test_formats_know_the_document_and_nothing_of_the_database():
    wrong = [
        f"{module} imports {imported}"
        for module, path in ALL
        if module.startswith(("exports.formats", "exports.document"))
        for imported, _inner in imports(path)
        if imported.startswith(("django", "accounts", "reporting.reports", "reporting.assistance", "exports.assemble"))
    ]

    assert wrong == []
