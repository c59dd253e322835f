"""What this room shows on the page of an instrument: its editions."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reporting.instruments.choices import ReportKind
from reporting.instruments.shelf import Link, Shelf
from reporting.questionnaires.models import Questionnaire


def editions(user: Any, instrument: Any) -> Shelf:
    rows = Questionnaire.objects.for_state(user.state_party_id).readable().filter(instrument=instrument)
    links = [
        Link(
            row.title,
            reverse("questionnaire", args=[row.code]),
            ", ".join(str(ReportKind(kind).label) for kind in row.kinds),
        )
        for row in rows
    ]
    return Shelf(_("Questionnaires"), links)
