"""Who may draft a section: the drafters of its lead body, and those that are named."""

from typing import Any

from accounts.choices import Role
from reporting.reports.presenters.outline import Place
from reporting.reports.presenters.section import head
from reporting.reports.services.recipients import members


def drafters(here: Place) -> dict[str, Any]:
    people = sorted(members(here.section.lead_id, Role.DRAFTER), key=str)
    named = set(here.section.named.values_list("user_id", flat=True))
    return {"head": head(here), "people": people, "named": named}
