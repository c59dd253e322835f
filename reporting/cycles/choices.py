"""Closed lists of review cycles, and the object permissions on them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

COORDINATE = "coordinate_reviewcycle"
READ = "read_reviewcycle"
TRANSMIT = "transmit_reviewcycle"

CYCLE_PERMISSIONS: list[tuple[str, Any]] = [
    (COORDINATE, "Can coordinate the reports of the cycle"),
    (READ, "Can read the reports of the cycle"),
    (TRANSMIT, "Can record transmission and receipt in the cycle"),
]


# The languages in which a treaty body takes a report, under their names in the interface's language.
OFFICIAL_LANGUAGES: list[tuple[str, Any]] = [
    ("en", _("English")),
    ("ar", _("Arabic")),
    ("zh", _("Chinese")),
    ("fr", _("French")),
    ("ru", _("Russian")),
    ("es", _("Spanish")),
]


def language_said(code: str) -> str:
    """The name of a language in the language of the moment, for use within a sentence."""
    return str(dict(OFFICIAL_LANGUAGES).get(code) or dict(settings.LANGUAGES).get(code, code))


class Prevailing(models.TextChoices):
    """Which text stands where a report is submitted in another language than it was written in, and the two differ."""

    SUBMISSION = "submission", _("The text in the language of the report")
    WORKING = "working", _("The text in the working language")
    BOTH = "both", _("Both texts alike")


class Procedure(models.TextChoices):
    STANDARD = "standard", _("Standard")
    SIMPLIFIED = "simplified", _("Simplified: the report answers a list of issues")


class DocumentKind(models.TextChoices):
    LIST_OF_ISSUES = "list_of_issues", _("List of issues")
    PRIOR_TO_REPORTING = "prior_to_reporting", _("List of issues prior to reporting")
    CONCLUDING_OBSERVATIONS = "concluding_observations", _("Concluding observations")
    LETTER = "letter", _("Letter of the secretariat")
