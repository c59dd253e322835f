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

# Breakdowns of tables, as in the vocabulary of the catalogue.
DIMENSIONS = {
    "age_group": _("age group"),
    "branch": _("branch of social security"),
    "cause": _("cause"),
    "country_of_destination": _("country of destination"),
    "country_of_origin": _("country of origin"),
    "disability": _("type of disability"),
    "education_level": _("level of education"),
    "ethnicity": _("ethnic or national group"),
    "ground": _("ground of discrimination"),
    "institution": _("institution or kind of place"),
    "language": _("language"),
    "nationality": _("nationality"),
    "occupation": _("occupation"),
    "offence": _("offence"),
    "place": _("place where it happened"),
    "provider_type": _("type of provider"),
    "reason": _("reason or legal ground"),
    "region": _("region or province"),
    "relationship": _("family relationship"),
    "religion": _("religion or belief"),
    "sector": _("economic sector"),
    "sex": _("sex"),
    "topic": _("topic"),
    "urban_rural": _("urban or rural"),
}
