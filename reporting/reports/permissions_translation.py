"""Translating cleared text: translators of the State do, the coordinators look on."""

from operator import attrgetter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.acts import Act, Right, held
from accounts.choices import Role
from accounts.permissions import Person
from reporting.cycles.choices import COORDINATE
from reporting.reports.choices import SectionStatus
from reporting.reports.permissions import before_endorsed, report_of, section_of


def _translates(who: Person, subject: Any) -> bool:
    """A translator of the State, of a report that is submitted in another language than it is written in."""
    report = report_of(subject)
    same = who.user.state_party_id == report.state_party_id
    return same and who.has_role(Role.TRANSLATOR) and report.cycle.is_translated


def _cleared(subject: Any) -> str | None:
    section = section_of(subject)
    if section is None or section.status == SectionStatus.CLEARED:
        return None
    return _("The section is not cleared yet. What is translated is cleared text.")


SEE_TRANSLATIONS = Act(
    "see_translations",
    rights=(held(COORDINATE, on=attrgetter("cycle")), Right(_translates)),
    denial=gettext_lazy("Translations are read by the translators and the coordinators."),
)
SEE_TRANSLATION = Act(
    "see_translation",
    rights=(held(COORDINATE, on=attrgetter("report.cycle")), Right(_translates, only_while=(_cleared,))),
    denial=gettext_lazy("Translations are read by the translators and the coordinators."),
)
TRANSLATE = Act(
    "translate",
    rights=(Right(_translates),),
    denial=gettext_lazy("Only translators write translations."),
    only_while=(_cleared, before_endorsed),
)
