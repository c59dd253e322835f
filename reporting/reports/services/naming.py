"""Naming a version that matters, so that it is found again in the history."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import history, moves, permissions
from accounts.exceptions import Denial, Refused
from accounts.models import User
from reporting.reports.choices import VersionName
from reporting.reports.models import AnswerVersion, ReportSection
from reporting.reports.permissions_history import NAME_VERSION

LONGEST_NAME = 120  # characters


@transaction.atomic
def name_version(section: ReportSection, *, version: int, name: str, by: User) -> AnswerVersion:
    """Give the version with the id ``version`` a name, another one, or none any more where ``name`` is empty.

    Raises Refused where the version is not of the section, is named for what happened to it (sent, cleared), where
    the name is too long, or where the person may not.
    """
    section = moves.lock(section, "report__cycle", "section", "lead")
    permissions.require(by, NAME_VERSION, section)
    row = AnswerVersion.objects.filter(answer__section=section, pk=version).select_related("answer__question").first()
    if row is None:
        raise Refused(_("This version does not belong to the section."), Denial.HIDDEN)
    name = " ".join(name.split())
    if row.name in VersionName.values:
        raise Refused(_("This version is named for what happened to it, and keeps that name."))
    if len(name) > LONGEST_NAME:
        raise Refused(_("A name may have %(limit)d characters.") % {"limit": LONGEST_NAME})
    if name in VersionName.values:
        raise Refused(_("Choose another name."))
    if name == row.name:
        return row
    row.name = name
    row.save(update_fields=["name"])  # what the version covers by its hash is what it says, not what it is called
    context = section.report.slug
    history.record(
        "version.name", by=by, subject=section, context=context, question=row.answer.question.code, name=name
    )
    return row
