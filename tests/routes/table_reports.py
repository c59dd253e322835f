"""Routes of reports as wholes, and of their files, from design.md, sections 3 and 4."""

from typing import Any

from django.utils import timezone

from exports.models import FilledWorkbook, Workbook
from exports.workbook.merging import fingerprint
from tests.routes.matrix import NONE, Row
from tests.routes.world import SOON, Spot

# Names, dates, states: the bodies in the report, its coordinators, the mission, and who is consulted on it.
OVERVIEW = {"report drafting": "lead both_asked others coordinator mission consulted"}
COORDINATOR = {"report drafting": "coordinator", "report transmitted": "coordinator"}
PLANNING = {"report drafting": "coordinator", "report endorsed": "409: coordinator"}


def assigned(world: Any, spot: Spot) -> dict[str, str]:
    """The table of leads as it stands, with another date."""
    data = {"confirmed": "1"}
    for row in spot.rows["report"].sections.all():
        data |= {f"lead-{row.pk}": str(row.lead_id), f"due-{row.pk}": SOON.isoformat(), f"words-{row.pk}": "100"}
    return data


def letter(world: Any, spot: Spot) -> dict[str, str]:
    """Something for the lead of F1 to read."""
    return {"section": str(spot.rows["report"].sections.get(slug="f1").pk), "text": "When does it come?"}


def lead(world: Any, spot: Spot) -> dict[str, str]:
    return {"body": spot.rows["report"].sections.get(slug="f1").lead.slug}


def unasked(world: Any, spot: Spot) -> dict[str, str]:
    return {"answer": str(spot.rows["answers"][-1].pk)}


def move(name: str, spot: str, good: str, bad: str, **data: str) -> Row:
    """A move of the report that coordinators make in ``good`` and that ``bad`` stands against."""
    post = {good: "coordinator", bad: "409: coordinator"}
    return Row("report_move", spot, data={"move": name, **data}, get=NONE, post=post, args=lambda world, spot: {})


def started(world: Any, spot: Spot) -> dict[str, Any]:
    sort = {"kind": "periodic", "tier": "full", "last_year": "2025"}
    return {"questionnaire": spot.rows["questionnaire"].pk, **sort}


def filled(world: Any, spot: Spot) -> dict[str, Any]:
    """A workbook that the focal point of the lead of F1 handed in, in which nothing was changed."""
    report, owner = spot.rows["report"], world.people["focal"]
    said = {"state_party": report.state_party, "owner": owner}
    made = Workbook.objects.create(report=report, made_at=timezone.now(), language="en", **said)
    row = FilledWorkbook.objects.create(workbook=made, name="work.xlsx", received_at=timezone.now(), **said)
    return {"key": row.uuid}


ROWS = [
    Row("reports", get={"": "everybody"}, post=NONE, shows="Reports"),
    Row(
        "report_new",
        "new cycle",
        bare=True,
        query="?cycle={cycle}",
        data=started,
        get={"": "coordinator; 403: mission"},
        post={"": "coordinator; 403: mission"},
        keeps="hidden",
    ),
    # A report of this kind has been started in the cycle.
    Row(
        "report_new",
        "cycle",
        bare=True,
        query="?cycle={cycle}",
        data=started,
        get={"": "coordinator; 403: mission"},
        post={"": "409: coordinator; 403: mission"},
        keeps="hidden",
    ),
    Row("report", "draft", get=OVERVIEW, post=NONE, shows="{report}"),
    Row("report_sections", "draft", get=OVERVIEW, post=NONE, shows="{report}"),
    Row("report_people", "draft", get=OVERVIEW, post=NONE, shows="Dana"),
    Row("report_contributions", "draft", get=OVERVIEW, post=NONE, shows="{report}"),
    Row("report_board", "draft", get=COORDINATOR, post=NONE, shows="{report}"),
    Row("board_export", "draft", get=COORDINATOR, post=NONE, writes=True),
    Row("report_write", "draft", args=lead, data=letter, get=PLANNING, post=PLANNING, shows="Jonas"),
    Row("report_log", "draft", get=COORDINATOR, post=NONE, shows="Amina"),
    move("open", "planned", "report planned", "report drafting"),
    move("consolidate", "draft", "report drafting, sections cleared", "report drafting"),
    move("validate", "draft", "report consolidation", "report drafting", until=SOON.isoformat()),
    move("back_to_consolidation", "validated", "report validation", "report drafting", reason="A law."),
    move("consider", "transmitted", "report received", "report transmitted"),
    move("close", "transmitted", "report considered", "report received"),
    Row(
        "report_dates",
        "draft",
        data={"due_on": SOON.isoformat(), "due_source": "CMW/C/ARC/CO/2, para. 60"},
        get=NONE,
        post=PLANNING,
    ),
    Row(
        "report_delete",
        "planned",
        get={"report planned": "coordinator", "report endorsed": "409: coordinator"},
        post={"report planned": "coordinator", "report drafting": "409: coordinator"},
        shows="{report}",
    ),
    Row("report_open_drafting", "draft", data={"on": "1"}, get=NONE, post={"report drafting": "coordinator"}),
    Row("report_assign", "draft", data=assigned, get=PLANNING, post=PLANNING, shows="Subject of F1"),
    Row(
        "report_questions",
        "draft",
        data=unasked,
        get=PLANNING,
        post={"report drafting, unasked last": "coordinator", "report endorsed, unasked last": "409: coordinator"},
    ),
    # --- files
    Row(
        "report_exports",
        "draft",
        data={"form": "working", "format": "json", "language": "en"},
        get={"report drafting": "lead both_asked others coordinator"},
        post={"report drafting": "lead both_asked others coordinator"},
        shows="Working form",
    ),
    Row(
        "report_zip",
        "draft",
        data={"form": "working", "formats": ["json"], "language": "en"},
        get={"report drafting": "lead both_asked others coordinator"},
        post={"report drafting": "lead both_asked others coordinator"},
        shows="Zip with annexes",
    ),
    Row(
        "submission_zip",
        "submission",
        data={"formats": ["json"]},
        get={"report endorsed": "members", "report endorsed, published now": "members consulted"},
        post={"report endorsed": "members", "report endorsed, published now": "members consulted"},
        shows="Zip with annexes",
    ),
    Row(
        "submission_file",
        "submission",
        more={"format": "json"},
        get={"report endorsed": "members", "report endorsed, published now": "members consulted"},
        post=NONE,
        shows="The text of f1",
        writes=True,
    ),
    Row(
        "submission_receipt",
        "submission",
        get={"report endorsed": "members", "report endorsed, published now": "members consulted"},
        post=NONE,
        writes=True,
    ),
    Row("report_log_file", "draft", more={"format": "xlsx"}, get=COORDINATOR, post=NONE, writes=True),
    Row(
        "questionnaire_blank",
        more={"format": "docx"},
        args=lambda world, spot: {"code": world.questionnaire.code},
        get={"": "everybody"},
        post=NONE,
    ),
    # Everybody finds what they may read, and compares nothing else.
    Row("compare", get={"": "everybody"}, post={"": "405: everybody"}, shows="Compare"),
    Row(
        "compare_file",
        "submission",
        bare=True,
        query="?old={report}&new={report}.{number}",
        get={"report endorsed": "lead others coordinator"},
        post=NONE,
        keeps="hidden",
        writes=True,
    ),
    # Open to anybody; a file that is missing is asked for.
    Row("verify", get={"": "everybody anonymous"}, post={"": "422: everybody anonymous"}, shows="Verify a file"),
    # --- workbooks to fill in
    Row(
        "workbooks",
        "draft",
        get={"report drafting": "lead both_asked others coordinator"},
        post={"report drafting": "422: lead both_asked others coordinator"},
        shows="Hand it in",
    ),
    Row(
        "workbook_download",
        "draft",
        data={"section": "f1"},
        get=NONE,
        # Whoever may write nothing there now is told so; another body's section is not shown.
        post={
            "report drafting": "200: lead both_asked; 409: coordinator",
            "report validation": "409: lead both_asked others coordinator",
        },
        writes=True,
    ),
    Row(
        "workbook",
        "draft",
        args=filled,
        get={"report drafting": "focal; 404: drafter both_asked others coordinator"},
        post=NONE,
        shows="The workbook changes nothing",
    ),
    Row(
        "workbook_apply",
        "draft",
        args=filled,
        data={"seen": fingerprint([])},
        get=NONE,
        post={"report drafting": "focal; 404: drafter both_asked others coordinator"},
    ),
]
