"""docs/workflow.md and docs/permissions.md, written from the tables and acts themselves."""

from collections.abc import Iterator

from django.utils import translation

from accounts.acts import Act, Moves
from accounts.choices import LEVEL_SENTENCES, ROLE_SENTENCES, Level, Role
from reporting.assistance import permissions as assistance
from reporting.assistance.workflow import POSITION_MOVES, REQUEST_MOVES
from reporting.cycles import permissions as cycles
from reporting.reports import permissions as reports
from reporting.reports import permissions_library as library
from reporting.reports.workflow import CONTRIBUTION_MOVES, REPORT_MOVES, ROUND_MOVES, SECTION_MOVES

TABLES: list[tuple[str, Moves]] = [
    ("Sections", SECTION_MOVES),
    ("Contributions", CONTRIBUTION_MOVES),
    ("Consultation rounds", ROUND_MOVES),
    ("Reports", REPORT_MOVES),
    ("Requests for technical cooperation", REQUEST_MOVES),
    ("Positions of agencies", POSITION_MOVES),
]
ROOMS = [("Review cycles", cycles), ("Reports", reports), ("Library", library), ("Requests", assistance)]


def workflow() -> str:
    """Every move of every table, with the act it needs and what it asks for."""
    lines = ["# Workflow", "", "Written from the tables by `manage.py document`; not edited by hand."]
    with translation.override("en"):
        for title, moves in TABLES:
            lines += [
                "",
                f"## {title}",
                "",
                "| move | from | to | needs | asks for |",
                "| --- | --- | --- | --- | --- |",
            ]
            for move in moves.values():
                asks = ", ".join(getattr(each, "__name__", "facts of the form") for each in move.requires)
                sources = ", ".join(sorted(str(source) for source in move.sources))
                lines.append(f"| {move.name} | {sources} | {move.target} | {move.needs.name} | {asks} |")
    return "\n".join(lines) + "\n"


def permissions() -> str:
    """Roles in words, and every act with the sentence for those who may not."""
    lines = ["# Who may do what", "", "Written from the code by `manage.py document`; not edited by hand.", ""]
    with translation.override("en"):
        lines += ["## Roles in a body", "", "| role | what it gives |", "| --- | --- |"]
        lines += [f"| {role.label} | {ROLE_SENTENCES[role]} |" for role in Role]
        lines += ["", "## Levels in an agency", "", "| level | what it gives |", "| --- | --- |"]
        lines += [f"| {level.label} | {LEVEL_SENTENCES[level]} |" for level in Level]
        for title, room in ROOMS:
            lines += ["", f"## {title}", "", "| act | to those who may not |", "| --- | --- |"]
            lines += [f"| {act.name} | {act.denial} |" for act in _acts(room)]
    return "\n".join(lines) + "\n"


def _acts(room: object) -> Iterator[Act]:
    seen: set[str] = set()
    for value in vars(room).values():
        if isinstance(value, Act) and value.name not in seen:
            seen.add(value.name)
            yield value
