"""The published schema of a request as JSON (JSON Schema, draft 2020-12): every field, as its reader may have it.

What the State sends and what an agency reads differ in nothing but how much of positions, plans and messages they hold.
"""

from typing import Any

from exports.formats.schema import DRAFT

NAME, NUMBER = "servanda.request", 1


def _exactly(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _listed(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


TEXT = {"type": "string"}
FLAG = {"type": "boolean"}
COUNT = {"type": "integer", "minimum": 0}
DAY = {"type": "string", "pattern": r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$", "description": "A day, or nothing."}
MOMENT = {"type": "string", "description": "A day or a moment in ISO 8601, or nothing."}
AMOUNT = {"type": "string", "description": "A decimal number, or nothing."}
TRANSLATED = {"type": "object", "additionalProperties": TEXT, "description": "By code of the language."}

_PLAN = {
    "description": "What State and agency plan together.",
    "type": "object",
    "properties": {
        "results": _listed(_exactly(text=TEXT, indicator=TEXT, baseline=TEXT, target=TEXT)),
        "activities": _listed(TEXT),
        "beneficiaries": TEXT,
        "currency": TEXT,
        "budget": _listed(_exactly(item=TEXT, total=AMOUNT, state_share=AMOUNT, asked=AMOUNT, others=AMOUNT)),
        "starts_on": DAY,
        "ends_on": DAY,
        "milestones": _listed(_exactly(due_on=DAY, text=TEXT)),
        "risks": TEXT,
        "monitoring": TEXT,
    },
    "additionalProperties": False,
}
_POSITION = _exactly(
    agency=TEXT,
    agency_name=TEXT,
    status=TEXT,
    status_label=TEXT,
    since=MOMENT,
    responsible=TEXT,
    plan={"anyOf": [_PLAN, {"type": "null"}]},
)
_MESSAGE = _exactly(**{"by": TEXT, "from": TEXT, "to": TEXT, "at": MOMENT, "text": TEXT})
_AUTHORISATION = _exactly(office=TEXT, on=DAY, reference=TEXT)

_REQUEST = _exactly(
    schema={"const": NUMBER},
    uuid={"type": "string", "format": "uuid"},
    reference={**TEXT, "description": "Nothing before the first submission."},
    version={**COUNT, "description": "0 while nothing was submitted."},
    submitted_at=MOMENT,
    status=TEXT,
    status_label=TEXT,
    is_draft=FLAG,
    is_enquiry={**FLAG, "description": "Sent without an authorisation."},
    state=_exactly(code=TEXT, name=TEXT, full_name=TEXT),
    title=TEXT,
    need=TEXT,
    in_place=TEXT,
    missing=TEXT,
    why_now=TEXT,
    tried_before=TEXT,
    plan_link=TEXT,
    kinds=_listed(TEXT),
    themes=_listed(_exactly(code=TEXT, title=TEXT, translated=TRANSLATED)),
    provisions=_listed(
        _exactly(instrument=TEXT, instrument_name=TEXT, translated=TRANSLATED, article=TEXT, label=TEXT)
    ),
    targets={**_listed(TEXT), "description": "Targets of the Sustainable Development Goals."},
    recommendations=_listed(TEXT),
    needed_by_on=DAY,
    responsible=TEXT,
    counterpart=_exactly(unit=TEXT, name=TEXT, email=TEXT, phone=TEXT),
    language=TEXT,
    agencies=_listed(_exactly(code=TEXT, name=TEXT)),
    resident_coordinator_informed_on=DAY,
    social_partners_consulted_on=DAY,
    security_forces=FLAG,
    authorisation={"anyOf": [_AUTHORISATION, {"type": "null"}]},
    positions=_listed(_POSITION),
    messages=_listed(_MESSAGE),
)


def request_schema() -> dict[str, Any]:
    return {
        "$schema": DRAFT,
        "$id": f"urn:{NAME.replace('.', ':')}:{NUMBER}",
        "title": f"{NAME} {NUMBER}",
        "description": "A request for technical cooperation, with as much of its course as its reader may see.",
        **_exactly(schema={"const": NAME}, number={"const": NUMBER}, request=_REQUEST),
    }
