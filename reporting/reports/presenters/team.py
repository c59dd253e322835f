"""Who may do what in one report: the coordinators, and the people of every body in it."""

from collections import defaultdict
from dataclasses import dataclass, field

from accounts.choices import ROLE_SENTENCES, BodyKind, Role
from accounts.models import Membership
from reporting.reports.models import Report, ReportSection


@dataclass
class BodyTeam:
    """A body in the report: its people with their roles, and the sections that it leads."""

    name: str
    is_coordinating: bool
    people: list[tuple[str, str, str]] = field(default_factory=list)  # name, role, what the role may do
    leads: list[str] = field(default_factory=list)  # codes


def team(report: Report, sections: list[ReportSection], *, whole: bool = False) -> list[BodyTeam]:
    """The coordinating body first, then every body that leads; ``whole`` adds those asked, and the mission.

    One statement, two where ``whole``.
    """
    leads: dict[int, list[str]] = defaultdict(list)
    names = {report.cycle.coordinating_body_id: str(report.cycle.coordinating_body)}
    for section in sections:
        if section.lead is not None and not section.is_set_aside:
            leads[section.lead.pk].append(section.code)
            names[section.lead.pk] = str(section.lead)
    ids = set(names) | (report.body_ids if whole else set())
    people: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for row in _members(report, ids, whole=whole):
        names.setdefault(row.body_id, str(row.body))
        if row.role == Role.COORDINATOR and row.body_id != report.cycle.coordinating_body_id:
            continue
        people[row.body_id].append((str(row.user), str(row.get_role_display()), str(ROLE_SENTENCES[Role(row.role)])))
    first = report.cycle.coordinating_body_id
    order = sorted(names, key=lambda pk: (pk != first, names[pk]))
    return [BodyTeam(names[pk], pk == first, people[pk], leads[pk]) for pk in order]


def _members(report: Report, ids: set[int], *, whole: bool) -> list[Membership]:
    rows = Membership.objects.filter(state_party_id=report.state_party_id, user__is_active=True)
    wanted = rows.filter(body__in=ids)
    if whole:
        wanted = wanted | rows.filter(body__kind=BodyKind.MISSION)
    else:
        wanted = wanted.filter(role__in=[Role.COORDINATOR, Role.FOCAL_POINT])
    return list(wanted.select_related("user", "body").order_by("body__name", "user__name", "role"))
