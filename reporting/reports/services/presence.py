"""Who is in a section: told by each page that is open to write in, forgotten a minute after the last word of it."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from reporting.reports.models import Presence, ReportSection

__all__ = ["STAYS", "be_in", "sweep"]

STAYS = datetime.timedelta(seconds=60)  # three times the pause of the page


@transaction.atomic
def be_in(section: ReportSection, *, by: User, question: int | None) -> None:
    """``by`` is in the section now, at the question of that number or at none. It informs and locks nothing."""
    now = timezone.now()
    if Presence.objects.filter(section=section, user=by).update(question=question, at=now):
        return
    Presence.objects.get_or_create(
        section=section,
        user=by,
        defaults={"state_party_id": section.state_party_id, "question": question, "at": now},
    )


def sweep() -> int:
    """What the clock does each minute: rows of those who left go."""
    gone, _by_model = Presence.objects.filter(at__lt=timezone.now() - STAYS).delete()
    return gone
