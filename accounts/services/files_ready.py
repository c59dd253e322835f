"""What accounts itself tells people: that a file is there for which they asked."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Job, User

SENTENCES: dict[str, Any] = {
    "job_ready": _("The file that you asked for is ready: %(subject)s."),
    "job_failed": _("The file that you asked for could not be made: %(subject)s."),
}


def visible_job_ids(user: User, ids: set[str]) -> set[str]:
    """Of whoever asked, while they are of the same State and the file is kept."""
    rows = Job.objects.filter(pk__in=ids, asked_by=user, state_party=user.state_party_id)
    return {str(pk) for pk in rows.values_list("pk", flat=True)}


def job_addresses(ids: set[str]) -> dict[str, str]:
    return {str(row.pk): reverse("job", args=[row.uuid]) for row in Job.objects.filter(pk__in=ids).only("uuid")}
