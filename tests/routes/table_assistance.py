"""Routes of requests, on the State's side and on the agencies', from design.md, sections 3 and 4."""

import uuid
from typing import Any

from tests.routes.matrix import NONE, Row
from tests.routes.world import ABROAD, Spot

READERS = "lead coordinator"
DRAFT, SENT, ALLOWED = "request draft", "request submitted", "request authorised"


def asked(world: Any, spot: Spot) -> dict[str, Any]:
    texts = {"title": "A model contract", "language": "en", "token": str(uuid.uuid4())}
    return {**texts, "responsible": world.body["health"].pk}


def changed(world: Any, spot: Spot) -> dict[str, Any]:
    row = spot.rows["request"]
    return {**asked(world, spot), "responsible": row.responsible_id, "version": str(row.version)}


def state(name: str, spot: str, post: dict[str, str], **said: Any) -> Row:
    """A route of the State's side that is only posted to; drafters of the ministry read, and may do less."""
    return Row(name, spot, get=NONE, post=post, keeps="hidden", **said)


def agency(name: str, post: dict[str, str], **said: Any) -> Row:
    return Row(name, SENT, get=NONE, post=post, keeps="hidden", insiders=ABROAD, **said)


def said(audience: str) -> dict[str, str]:
    return {"audience": audience, "text": "How many?", "token": str(uuid.uuid4())}


PLAN = {"number": "0", "activities": "Two courses", "currency": "USD"} | {
    f"{name}-{form}_FORMS": "0" for name in ("results", "budget", "milestones") for form in ("TOTAL", "INITIAL")
}
DESK = "desk head; 403: reader"
DESK_409 = "409: desk head; 403: reader"
ROWS = [
    Row("assistance", get={"": "state foreign"}, post=NONE, shows="Requests", keeps="hidden"),
    Row(
        "assistance_new",
        data=asked,
        get={"": "lead others both_asked idle_focal coordinator foreign"},
        post={"": "lead coordinator; 422: others both_asked idle_focal foreign"},
    ),
    Row(
        "assistance_request",
        DRAFT,
        get={"request draft": READERS, "request closed": READERS},
        post=NONE,
        shows="CANARY-draft",
        keeps="hidden",
    ),
    Row(
        "assistance_edit",
        DRAFT,
        data=changed,
        get={"request draft": READERS, "request submitted": f"409: {READERS}"},
        post={"request draft": READERS, "request submitted": f"409: {READERS}"},
        shows="CANARY-need-draft",
        keeps="hidden",
    ),
    state(
        "assistance_move",
        DRAFT,
        {
            "request draft": "focal; 403: drafter coordinator",
            "request submitted": "409: focal; 403: drafter coordinator",
        },
        data={"move": "clear"},
    ),
    state(
        "assistance_move",
        SENT,
        {"request submitted": "coordinator; 403: lead", "request withdrawn": "409: coordinator; 403: lead"},
        data={"move": "withdraw", "reason": "No longer needed."},
    ),
    state(
        "assistance_move",
        SENT,
        {"request submitted": "coordinator; 403: lead", "request draft": "409: coordinator; 403: lead"},
        data={"move": "close", "reason": "Done otherwise."},
    ),
    Row(
        "assistance_authorise",
        DRAFT,
        data={"office": "Minister", "authorised_on": "2026-11-12", "reference": "ML/118"},
        get={"request cleared": "coordinator; 403: lead"},
        post={"request cleared": "coordinator; 403: lead", "request draft": "409: coordinator; 403: lead"},
        keeps="hidden",
    ),
    Row(
        "assistance_submit",
        ALLOWED,
        data={"move": "submit"},
        get={"request authorised": "coordinator; 403: lead"},
        post={"request authorised": "coordinator; 403: lead", "request submitted": "409: coordinator; 403: lead"},
        shows="CANARY-authorised",
        keeps="hidden",
    ),
    state(
        "assistance_write",
        SENT,
        {
            "request submitted": "focal coordinator; 403: drafter",
            "request returned": "focal coordinator; 403: drafter",
        },
        data={"text": "Thank you.", "token": str(uuid.uuid4())},
    ),
    state(
        "assistance_write",
        DRAFT,
        {"request draft": "409: focal coordinator; 403: drafter"},
        data={"text": "Thank you.", "token": str(uuid.uuid4())},
    ),
    state(
        "assistance_add_agency",
        SENT,
        {"request submitted": "coordinator; 403: lead", "request closed": "409: coordinator; 403: lead"},
        data={"agency": "UNHCR"},
    ),
    # Where an agency stands is shown to the focal points and the coordinators; the drafter is refused an act.
    state(
        "assistance_settle",
        SENT,
        {
            "position completed": "coordinator; 403: focal; 404: drafter",
            "position in_discussion": "409: coordinator; 403: focal; 404: drafter",
        },
        more={"agency": "ILO"},
        data={"move": "confirm"},
    ),
    Row("assistance_letter", ALLOWED, get={"": READERS}, post=NONE, shows="CANARY-letter", keeps="hidden"),
    Row(
        "assistance_plan",
        SENT,
        more={"agency": "ILO"},
        data=PLAN,
        get={"position in_discussion": "focal coordinator"},
        post={"position in_discussion": "focal coordinator", "position acknowledged": "409: focal coordinator"},
        keeps="hidden",
    ),
    Row("requests_export", get={"": "state foreign"}, post=NONE, keeps="hidden", writes=True),
    Row(
        "request_export",
        DRAFT,
        more={"format": "json"},
        get={"request draft": READERS},
        post=NONE,
        shows="CANARY-need-draft",
        keeps="hidden",
        writes=True,
    ),
    Row(
        "request_export",
        SENT,
        more={"format": "json"},
        get={"request submitted": f"{READERS} agency"},
        post=NONE,
        shows="CANARY-need-submitted",
        keeps="hidden",
        writes=True,
    ),
    # --- agencies
    Row(
        "agency_requests",
        get={"": "agency stranger"},
        post=NONE,
        keeps="hidden",
        shows="Requests",
        insiders=ABROAD,
    ),
    Row("inbox_export", get={"": "agency stranger"}, post=NONE, keeps="hidden", insiders=ABROAD, writes=True),
    Row(
        "agency_request",
        SENT,
        get={"request submitted": "agency", "request closed": "agency"},
        post=NONE,
        shows="CANARY-need-submitted",
        keeps="hidden",
        insiders=ABROAD,
    ),
    agency(
        "agency_move",
        {"position no_answer": DESK, "position acknowledged": DESK_409},
        data={"move": "acknowledge"},
    ),
    agency(
        "agency_move",
        {
            "position no_answer": "head; 403: desk reader",
            "position in_progress": "409: head; 403: desk reader",
        },
        data={"move": "decline", "reason": "No funds."},
    ),
    # Messages are for every officer within scope; notes and questions for the desk and the head.
    agency("agency_write", {"request submitted": "agency", "request returned": "agency"}, data=said("state")),
    agency("agency_write", {"request submitted": DESK, "request closed": DESK_409}, data=said("note")),
    agency("agency_write", {"request submitted": DESK, "request withdrawn": DESK_409}, data=said("ask_back")),
    agency(
        "agency_refer",
        {"request submitted": DESK, "request closed": DESK_409},
        data=lambda world, spot: {"agency": world.agencies["UNHCR"].pk, "reason": "Camps."},
    ),
    Row(
        "agency_plan",
        SENT,
        data=PLAN,
        get={"position in_discussion": "agency"},
        post={"position in_discussion": DESK, "position acknowledged": DESK_409},
        keeps="hidden",
        insiders=ABROAD,
    ),
]
