"""Requests for tests in one call, brought to a state through the services."""

import datetime
from itertools import count

from accounts.choices import Level
from accounts.models import Agency
from reporting.assistance.choices import Kind
from reporting.assistance.models import AgencyPosition, AssistanceRequest
from reporting.assistance.services import position as positions
from reporting.assistance.services import request as requests
from reporting.assistance.services import submission
from reporting.assistance.services.request import Draft
from reporting.instruments.models import Instrument, Mandate, Provision, Theme
from tests import factories

_number = count(1)


def theme(code: str = "fees", title: str = "Fees and contracts", leads: tuple[Agency, ...] = ()) -> Theme:
    row, _made = Theme.objects.get_or_create(code=code, defaults={"title": title, "coverage": "well"})
    for agency in leads:
        Mandate.objects.get_or_create(agency=agency, theme=row, leads=True)
    return row


def provision(code: str = "CMW", article: str = "66") -> Provision:
    names = {"short_name": "Migrant Workers Convention", "title": "Convention", "kind": "core_treaty"}
    instrument, _made = Instrument.objects.get_or_create(code=code, defaults=names)
    row, _made = Provision.objects.get_or_create(instrument=instrument, article=article, defaults={"label": "Fees"})
    return row


def agency(code: str = "ILO") -> Agency:
    return Agency.objects.filter(code=code).first() or factories.agency(code, f"Agency {code}")


def desk(cast, code: str = "ILO") -> None:
    """Adds to the cast the agency with its head, desk officer and reader: ``cast.ilo_head`` …"""
    row = agency(code)
    name = code.lower()
    setattr(cast, name, row)
    for level in Level:
        setattr(cast, f"{name}_{level}", factories.officer(f"{code} {level}", row, level))


def draft(cast, **fields) -> Draft:
    said = {
        "title": "Monitoring recruitment fees",
        "responsible": cast.health,
        "need": "To establish whether a fee was paid.",
        "in_place": "The Act of 2023.",
        "missing": "A method.",
        "kinds": [Kind.TRAINING, Kind.LEGAL],
        "themes": [theme()],
        "provisions": [provision()],
        "why_now": "Licences are renewed in July.",
        "needed_by_on": datetime.date(2027, 4, 30),
        "counterpart_unit": "Labour Inspectorate",
        "counterpart_name": "M. Ito",
        "counterpart_email": "m.ito@example.org",
        "counterpart_phone": "+000 1 555 0142",
        "language": "en",
        "agencies": [agency("ILO")],
    }
    return Draft(**{**said, **fields})


def request(cast, status: str = "draft", by=None, **fields) -> AssistanceRequest:
    """A request of Arcadia's Health in ``status``; Amina does what coordinators do, Jonas what focal points do."""
    row = requests.create_request(cast.arcadia, by=by or cast.dana, draft=draft(cast, **fields))
    if status == "draft":
        return row
    if status == "withdrawn_draft":
        return submission.conclude_request(row, move="withdraw", by=cast.amina)
    row = requests.clear_request(row, by=cast.jonas)
    if status == "cleared":
        return row
    row = requests.authorise_request(
        row, by=cast.amina, office="Minister", authorised_on=datetime.date(2026, 11, 12), reference="ML/118"
    )
    if status == "authorised":
        return row
    submission.submit_request(row, move="submit", by=cast.amina)
    row.refresh_from_db()
    if status == "returned":
        position = row.positions.select_related("request").first()
        submission.ask_back(position, by=cast.ilo_desk, text="How many inspectors?")
    if status in {"closed", "withdrawn"}:
        submission.conclude_request(
            row, move="close" if status == "closed" else "withdraw", by=cast.amina, reason="Done otherwise."
        )
    row.refresh_from_db()
    return row


PLAN = {
    "results": [{"text": "Inspectors trained", "indicator": "courses", "baseline": "3", "target": "40"}],
    "activities": ["Two courses"],
    "beneficiaries": "40 inspectors",
    "currency": "USD",
    "budget": [{"item": "Courses", "total": "48000", "state_share": "22000", "asked": "26000", "others": "0"}],
    "starts_on": "2027-01-11",
    "ends_on": "2027-12-17",
    "milestones": [{"due_on": "2027-04-30", "text": "Courses held"}],
    "risks": "Few trainers.",
    "monitoring": "Quarterly note.",
}

_PATH = {
    "no_answer": [],
    "acknowledged": ["acknowledge"],
    "in_discussion": ["acknowledge", "open_plan"],
    "agreed": ["acknowledge", "open_plan", "accept"],
    "awaiting_funds": ["acknowledge", "open_plan", "accept", "await_funds"],
    "in_progress": ["acknowledge", "open_plan", "accept", "start"],
    "completed": ["acknowledge", "open_plan", "accept", "start", "complete"],
    "confirmed": ["acknowledge", "open_plan", "accept", "start", "complete", "confirm"],
    "disputed": ["acknowledge", "open_plan", "accept", "start", "complete", "dispute"],
    "declined": ["decline"],
    "discontinued": ["acknowledge", "open_plan", "accept", "discontinue"],
}


def position(cast, status: str = "no_answer", row: AssistanceRequest | None = None) -> AgencyPosition:
    """The ILO's position on a submitted request, brought to ``status``."""
    row = row or request(cast, "submitted")
    found = AgencyPosition.objects.select_related("request", "agency").get(request=row, agency=cast.ilo)
    for move in _PATH[status]:
        number = None
        if move == "accept":
            positions.save_plan(found, by=cast.ilo_desk, number=0, content=PLAN)
            positions.offer_plan(found, by=cast.ilo_head, number=1)
            number = 1
        by = cast.amina if move in {"accept", "confirm", "dispute"} else cast.ilo_head
        found = positions.move_position(found, move=move, by=by, reason="Because.", number=number)
    return AgencyPosition.objects.select_related("request", "agency").get(pk=found.pk)
