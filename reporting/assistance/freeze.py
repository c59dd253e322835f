"""The content of a request as plain data with a schema number: what a submission sends, and what exports print.

``content`` of a request is read by its State alone. What an agency may have is the content of
the last submitted version; origin, priority and the State's draft are in neither.
"""

import hashlib
import json
from typing import Any

from django.utils.translation import get_language

from accounts.models import User
from accounts.permissions import allows, require
from reporting.assistance.choices import Kind
from reporting.assistance.models import AgencyPosition, AssistanceRequest, Message, RequestVersion
from reporting.assistance.permissions import READ_POSITION, SEE_POSITIONS, SEE_REQUEST

SCHEMA = 1


def canonical_sha256(content: Any) -> str:
    """SHA-256 over the canonical JSON of plain data."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def name_here(row: dict[str, Any], key: str) -> str:
    """The name of a theme or an instrument, as kept in the content, in the language of the moment."""
    language = (get_language() or "en").partition("-")[0]
    return str(row.get("translated", {}).get(language) or row[key])


def submitted_content(request: AssistanceRequest) -> dict[str, Any]:
    """What would be sent now: plain data, dates in ISO, languages and kinds as codes.

    {"schema", "uuid", "reference" ("" before the first submission), "state": {code, name, full_name},
    "title", "need", "in_place", "missing", "kinds": [code], "themes": [{code, title, translated}],
    "provisions": [{instrument, instrument_name, translated, article, label}], "targets": [SDG code],
    "recommendations": [line], "why_now", "needed_by_on", "responsible", "counterpart": {unit, name, email,
    phone}, "language", "agencies": [{code, name}], "tried_before", "plan_link",
    "resident_coordinator_informed_on", "social_partners_consulted_on", "security_forces", "authorisation":
    {office, on, reference} or None, "is_enquiry"}
    """
    state = request.state_party
    themes = list(request.themes.prefetch_related("targets"))
    provisions = request.provisions.select_related("instrument").order_by("instrument__position", "position")
    return {
        "schema": SCHEMA,
        "uuid": str(request.uuid),
        "reference": request.reference or "",
        "state": {"code": state.code, "name": state.name, "full_name": state.full_name},
        "title": request.title,
        "need": request.need,
        "in_place": request.in_place,
        "missing": request.missing,
        "kinds": request.kind_codes,
        "themes": [
            {"code": theme.code, "title": theme.title, "translated": theme.translated("title")} for theme in themes
        ],
        "provisions": [
            {
                "instrument": row.instrument.code,
                "instrument_name": row.instrument.short_name,
                "translated": row.instrument.translated("short_name"),
                "article": row.reference,
                "label": row.label,
            }
            for row in provisions
        ],
        "targets": sorted({target.code for theme in themes for target in theme.targets.all()}),
        "recommendations": [line.strip() for line in request.recommendations.splitlines() if line.strip()],
        "why_now": request.why_now,
        "needed_by_on": _iso(request.needed_by_on),
        "responsible": request.responsible.name,
        "counterpart": {
            "unit": request.counterpart_unit,
            "name": request.counterpart_name,
            "email": request.counterpart_email,
            "phone": request.counterpart_phone,
        },
        "language": request.language,
        "agencies": [{"code": agency.code, "name": agency.name} for agency in request.agencies.order_by("code")],
        "tried_before": request.tried_before,
        "plan_link": request.plan_link,
        "resident_coordinator_informed_on": _iso(request.resident_coordinator_informed_on),
        "social_partners_consulted_on": _iso(request.social_partners_consulted_on),
        "security_forces": request.security_forces,
        "authorisation": {
            "office": request.authorised_office,
            "on": _iso(request.authorised_on),
            "reference": request.authorised_reference,
        }
        if request.authorised_on
        else None,
        "is_enquiry": request.is_enquiry,
    }


def content(subject: AssistanceRequest | RequestVersion, for_user: User) -> dict[str, Any]:
    """The request as ``for_user`` may read it, with positions, plans and exchange beside what was or would be sent.

    To ``submitted_content`` it adds "version" (0 while nothing was submitted), "submitted_at",
    "status" and "status_label" (of the request), "is_draft", "positions": [{agency, agency_name,
    status, status_label, since, responsible, plan (content of its last version) or None}] and
    "messages": [{by, from, to, at, text}]. Raises Refused where the user may read neither form.
    """
    request = subject.request if isinstance(subject, RequestVersion) else subject
    if for_user.agency_id is not None:
        return _for_officer(request, for_user)
    require(for_user, SEE_REQUEST, request)
    version = subject if isinstance(subject, RequestVersion) else None
    said = dict(version.content) if version else submitted_content(request)
    sees_positions = allows(for_user, SEE_POSITIONS, request)
    positions = request.positions.select_related("agency", "responsible", "plan") if sees_positions else []
    messages = Message.objects.of(for_user).filter(request=request) if sees_positions else Message.objects.none()
    last = request.last_version
    sent = version or last
    return {
        **said,
        "version": version.number if version else (last.number if last else 0),
        "submitted_at": _iso(sent.submitted_at) if sent else "",
        "status": request.status,
        "status_label": str(request.get_status_display()),
        "is_draft": version is None and request.status not in {"submitted", "closed"},
        "positions": [_position(row, with_plan=True) for row in positions],
        "messages": _messages(messages),
    }


def _for_officer(request: AssistanceRequest, user: User) -> dict[str, Any]:
    position = AgencyPosition.objects.of(user).filter(request=request).select_related("request").first()
    require(user, READ_POSITION, position or AgencyPosition(request=request))
    version = RequestVersion.objects.for_agency(user).get(request=request)
    rows = AgencyPosition.objects.filter(request=request).select_related("agency", "responsible", "plan")
    return {
        **version.content,
        "version": version.number,
        "submitted_at": _iso(version.submitted_at),
        "status": request.status if request.status in {"closed", "withdrawn"} else "submitted",
        "status_label": "",
        "is_draft": False,
        "positions": [_position(row, with_plan=row.agency_id == user.agency_id) for row in rows],
        "messages": _messages(Message.objects.of(user).filter(request=request)),
    }


def _position(row: AgencyPosition, *, with_plan: bool) -> dict[str, Any]:
    plan = getattr(row, "plan", None) if with_plan else None
    last = plan.versions.first() if plan else None
    return {
        "agency": row.agency.code,
        "agency_name": row.agency.name,
        "status": row.status,
        "status_label": str(row.get_status_display()),
        "since": _iso(row.status_at or row.clock_from),
        "responsible": str(row.responsible or ""),
        "plan": last.content if last else None,
    }


def _messages(rows: Any) -> list[dict[str, str]]:
    return [
        {
            "by": str(row.by),
            "from": str(row.sender or row.state_party),
            "to": str(row.agency or "") if row.sender is None else str(row.state_party),
            "at": _iso(row.at),
            "text": row.text,
        }
        for row in rows.select_related("by", "sender", "agency", "state_party")
    ]


def _iso(value: Any) -> str:
    return value.isoformat() if value else ""


def kind_labels(codes: list[str]) -> list[str]:
    return [str(Kind(code).label) for code in codes if code in Kind.values]
