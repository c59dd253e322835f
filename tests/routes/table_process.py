"""Routes of a report from consultation to transmission, from design.md, sections 3 and 4."""

from typing import Any

from tests.routes.matrix import NONE, Row
from tests.routes.table_sections import of
from tests.routes.world import SOON, TODAY, Spot

COORDINATOR = {"report drafting": "coordinator", "report transmitted": "coordinator"}
GENEVA = {"report endorsed": "mission coordinator", "report received": "mission coordinator"}
FROM_ENDORSED = {"report endorsed": "members", "report endorsed, published now": "members consulted"}


def reply(world: Any, spot: Spot) -> dict[str, str]:
    return {f"b{world.body['health'].pk}-reply": "no_objection"}


def settled(world: Any, spot: Spot) -> dict[str, str]:
    return {f"s{spot.rows['objection'].pk}-note": "The date is mended."}


def shared(world: Any, spot: Spot) -> dict[str, Any]:
    section = spot.rows["report"].sections.get(slug="f1")
    return {"sections": [section.pk], "bodies": [world.body["nhri"].pk], "closes_on": SOON.isoformat()}


def remark(world: Any, spot: Spot) -> dict[str, str]:
    return {"place": spot.rows["place"], "text": "The law is older."}


def record(act: str, spot: str, good: str, bad: str, **data: str) -> Row:
    """What the mission and the coordinators record of a report in ``good``, and not in ``bad``."""
    post = {good: "mission coordinator", bad: "409: mission coordinator"}
    said = {f"{act}-{name}": value for name, value in data.items()}
    return Row("report_transmission_record", spot, more={"act": act}, data=said, get=NONE, post=post)


DAY = TODAY.isoformat()
ROWS = [
    Row("report_check", "draft", get=COORDINATOR, post=NONE, shows="{report}"),
    # The draft as a whole from validation on; before, those who will answer find the page and no text on it.
    Row(
        "report_validation",
        "draft",
        get={
            "report validation": "lead both_asked others coordinator",
            "report drafting": "focal other asked_focal coordinator",
        },
        post=NONE,
        shows="{report}",
    ),
    Row(
        "report_validation_start",
        "draft",
        data={"until": SOON.isoformat()},
        get=NONE,
        post={"report consolidation": "coordinator", "report drafting": "409: coordinator"},
    ),
    Row(
        "report_validation_reply",
        "validated",
        args=lambda world, spot: {"body": world.body["health"].pk},
        data=reply,
        get=NONE,
        post={"report validation": "focal", "report endorsed": "409: focal"},
    ),
    Row(
        "report_validation_settle",
        "validated",
        args=of("objection"),
        data=settled,
        get=NONE,
        post={"report validation": "coordinator", "report endorsed": "409: coordinator"},
    ),
    Row(
        "report_validation_end",
        "validated",
        data={"reason": "A law has changed."},
        get=NONE,
        post={"report validation": "coordinator", "report drafting": "409: coordinator"},
    ),
    Row(
        "report_endorse",
        "validated",
        data={"authority": "Cabinet", "endorsed_on": DAY, "objections_reason": "Noted."},
        get=COORDINATOR,
        post={"report validation": "coordinator", "report consolidation": "409: coordinator"},
        shows="{report}",
    ),
    Row("report_submission", "submission", get=FROM_ENDORSED, post=NONE, shows="{report}"),
    Row("report_decision", "submission", get={"report endorsed": "coordinator"}, post=NONE, shows="CANARY-decision"),
    Row(
        "report_take_back",
        "submission",
        data={"reason": "A figure is wrong."},
        get=NONE,
        post={"report endorsed": "coordinator", "report transmitted": "409: coordinator"},
    ),
    Row(
        "report_publish",
        "submission",
        get=NONE,
        post={"report endorsed": "coordinator", "report validation": "409: coordinator"},
    ),
    Row("report_transmission", "endorsed", get=GENEVA, post=NONE, shows="{report}"),
    record("sent", "endorsed", "report endorsed", "report transmitted", note_verbale="NV/9", sent_on=DAY),
    record("receipt", "transmitted", "report transmitted", "report received", received_on=DAY),
    record("symbol", "transmitted", "report received", "report drafting", symbol="CMW/C/ARC/3"),
    record("return", "transmitted", "report received", "report endorsed", returned_on=DAY, reason="Too long."),
    # --- consultation: the coordinators' side
    Row(
        "report_consultation",
        "draft",
        data=shared,
        get=COORDINATOR,
        post={"report drafting": "coordinator", "report endorsed": "409: coordinator"},
        shows="{report}",
    ),
    Row(
        "report_consultation_round",
        "round",
        get={"round open": "coordinator", "round closed": "coordinator"},
        post=NONE,
        shows="CANARY-consultation",
    ),
    Row(
        "report_consultation_close",
        "round",
        get=NONE,
        post={"round open": "coordinator", "round closed": "409: coordinator"},
    ),
    Row(
        "report_consultation_answer",
        "round",
        args=of("comment"),
        data={"text": "It was amended."},
        get=NONE,
        post={"round closed": "coordinator", "report endorsed": "409: coordinator"},
    ),
    # --- consultation: those who comment; a round that one does not see does not exist
    Row("consultation", get={"": "everybody"}, post=NONE),
    Row(
        "consultation_report",
        "shared",
        get={"round open": "consulted coordinator", "round closed": "consulted coordinator"},
        post=NONE,
        shows="CANARY-consultation",
        keeps="hidden",
    ),
    Row(
        "consultation_comment",
        "round",
        data=remark,
        get=NONE,
        post={"round open": "consulted; 403: coordinator", "round closed": "409: consulted; 403: coordinator"},
        keeps="hidden",
    ),
    Row(
        "consultation_withdraw",
        "shared",
        args=of("comment"),
        get=NONE,
        post={"round open": "consulted; 403: coordinator", "report endorsed": "409: consulted; 403: coordinator"},
        keeps="hidden",
    ),
]
