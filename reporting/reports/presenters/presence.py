"""The line that says who else is in a section."""

from django.utils import timezone
from django.utils.translation import gettext as _

from reporting.reports.models import Answer, Presence
from reporting.reports.presenters.outline import Place
from reporting.reports.services.presence import STAYS


def others(here: Place) -> str:
    """ "Also here: J. Reyes (question 2)", or "". A body that is asked learns of those at its own questions alone."""
    rows = Presence.objects.of(here.user).filter(section=here.section, at__gte=timezone.now() - STAYS)
    rows = rows.exclude(user=here.user).select_related("user").order_by("at")
    if here.answer_ids is not None:
        mine = Answer.objects.filter(pk__in=here.answer_ids).select_related("question")
        rows = rows.filter(question__in=[each.question.number for each in mine if each.question.number.isdecimal()])
    said = [
        _("%(name)s (question %(number)s)") % {"name": row.user, "number": row.question}
        if row.question
        else str(row.user)
        for row in rows[:5]
    ]
    return _("Also here: %(people)s") % {"people": _(", ").join(said)} if said else ""
