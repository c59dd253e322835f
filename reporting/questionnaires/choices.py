"""Closed lists of questionnaires, as in the vocabulary of the catalogue."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionnaireStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


class QuestionKind(models.TextChoices):
    NARRATIVE = "narrative", _("Text")
    CHOICE = "choice", _("Choice")
    TABLE = "table", _("Table")
    LEGAL_REFERENCES = "legal_references", _("Legal references")
    INDICATOR = "indicator", _("Indicator")
    FILES = "files", _("Files")
    NUMBER = "number", _("Number")
    DATE = "date", _("Date")


class Tier(models.TextChoices):
    CORE = "core", _("Core")
    FULL = "full", _("Full")


class StateRole(models.TextChoices):
    """The State as seen from migration; some questions are for some roles only."""

    ORIGIN = "origin", _("State of origin")
    TRANSIT = "transit", _("State of transit")
    EMPLOYMENT = "employment", _("State of employment")
    RETURN = "return", _("State of return")


class Disposition(models.TextChoices):
    """A reasoned way not to answer. The first three print as a cross-reference, the others print nothing."""

    NO_CHANGE = "no_change", _("No change since the last report")
    SEE_CORE = "see_core", _("See the common core document")
    SEE_QUESTION = "see_question", _("Answered in another question")
    NO_DATA = "no_data", _("No data")
    NOT_ASKED = "not_asked", _("Not asked of this State")
    NOT_APPLICABLE = "not_applicable", _("Not applicable in law")


PRINTED_DISPOSITIONS = {Disposition.NO_CHANGE, Disposition.SEE_CORE, Disposition.SEE_QUESTION}
