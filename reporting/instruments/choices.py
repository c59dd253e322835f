"""Closed lists of the reference data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Family(models.TextChoices):
    """Kinds of supervision; each supplies its own words (``mechanisms`` of the vocabulary)."""

    TREATY_BODY = "treaty_body", _("Treaty body")
    UPR = "upr", _("Universal Periodic Review")
    ILO = "ilo", _("ILO supervision")
    UNTOC_REVIEW = "untoc_review", _("Review of the Organized Crime Convention")
    INTERNAL = "internal", _("Internal sheet")


class InstrumentKind(models.TextChoices):
    CORE_TREATY = "core_treaty", _("Core human rights treaty")
    OPTIONAL_PROTOCOL = "optional_protocol", _("Optional protocol")
    ILO_CONVENTION = "ilo_convention", _("ILO Convention")
    ILO_PROTOCOL = "ilo_protocol", _("ILO Protocol")
    TREATY_OTHER = "treaty_other", _("Other treaty")
    DECLARATION = "declaration", _("Declaration")
    REPORTING_DOCUMENT = "reporting_document", _("Reporting document")


# What a State ratifies or accedes to.
RATIFIED_KINDS = [
    InstrumentKind.CORE_TREATY,
    InstrumentKind.OPTIONAL_PROTOCOL,
    InstrumentKind.ILO_CONVENTION,
    InstrumentKind.ILO_PROTOCOL,
    InstrumentKind.TREATY_OTHER,
]


class ThemeGroup(models.TextChoices):
    """The headings of the crosswalk, in its order."""

    ACROSS = "across", _("Across all rights")
    LIFE = "life", _("Life, movement and ill-treatment")
    EXPLOITATION = "exploitation", _("Exploitation, trafficking and smuggling")
    ASYLUM = "asylum", _("Asylum and refuge")
    EXPULSION = "expulsion", _("Expulsion, detention and justice")
    IDENTITY = "identity", _("Identity and nationality")
    FAMILY = "family", _("Family, privacy and property")
    FREEDOMS = "freedoms", _("Freedoms and participation")
    WORK = "work", _("Work")
    SOCIAL = "social", _("Social, cultural and economic rights")
    SITUATIONS = "situations", _("Particular situations")
    GOVERNANCE = "governance", _("Cooperation, data and monitoring")


class ReportKind(models.TextChoices):
    INITIAL = "initial", _("Initial report")
    PERIODIC = "periodic", _("Periodic report")
    REPLIES = "replies", _("Replies to a list of issues")
    ADDITIONAL_INFORMATION = "additional_information", _("Additional information")
    FOLLOW_UP = "follow_up", _("Follow-up report")
    COMMON_CORE = "common_core", _("Common core document")
    UPR_NATIONAL_REPORT = "upr_national_report", _("National report for the Universal Periodic Review")
    ILO_ARTICLE_22_FIRST = "ilo_article_22_first", _("First report under article 22 of the ILO Constitution")
    ILO_ARTICLE_22_LATER = "ilo_article_22_later", _("Later report under article 22 of the ILO Constitution")
    UNTOC_SELF_ASSESSMENT = "untoc_self_assessment", _("Self-assessment under the Organized Crime Convention")
    INTERNAL_SHEET = "internal_sheet", _("Internal sheet")


class Coverage(models.TextChoices):
    """How far international law regulates a theme: an editorial judgment that says nothing about any State."""

    WELL_DEVELOPED = "well-developed", _("Well developed")
    PARTIAL = "partial", _("Partly regulated")
    GAP = "gap", _("Little regulated")


class FactStatus(models.TextChoices):
    VERIFIED = "verified", _("Verified")
    GENERAL_KNOWLEDGE = "general_knowledge", _("Not looked up")
    UNCERTAIN = "uncertain", _("Uncertain")


class ReservationKind(models.TextChoices):
    RESERVATION = "reservation", _("Reservation")
    DECLARATION = "declaration", _("Declaration")
