from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reporting.instruments.choices import FactStatus, Family, InstrumentKind, ReportKind
from reporting.instruments.models.translated import Correctable, Searchable, Translated
from reporting.instruments.querysets import SearchQuerySet


class Mechanism(Translated, Correctable):
    """One supervisory body, the UPR, or "internal"; supplies words and word limits."""

    code = models.CharField(max_length=20, unique=True)  # "CMW", "UPR", "ILO", "UNTOC", "INTERNAL"
    name = models.CharField(max_length=200)
    acronym = models.CharField(max_length=20, blank=True)
    family = models.CharField(max_length=20, choices=Family)
    # The words it uses: "the Committee", "report", "State party", "concluding observations".
    addressee = models.CharField(max_length=200, blank=True)
    report_word = models.CharField(max_length=100, blank=True)
    state_word = models.CharField(max_length=60, blank=True)
    outcome_word = models.CharField(max_length=200, blank=True)
    needs_ratification = models.BooleanField(default=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.acronym or str(self.said("name"))


class WordLimit(Correctable):
    """The limit of one kind of report to one mechanism, in words, title to last paragraph."""

    mechanism = models.ForeignKey(Mechanism, on_delete=models.CASCADE, related_name="word_limits")
    report_kind = models.CharField(max_length=30, choices=ReportKind)
    words = models.PositiveIntegerField()
    is_advice = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mechanism", "report_kind"], name="word_limit_once")]

    def __str__(self) -> str:
        return f"{self.mechanism} {self.report_kind}: {self.words}"


class Instrument(Translated, Correctable, Searchable):
    """A treaty, convention, covenant, protocol, declaration, or the common core document."""

    code = models.CharField(max_length=20, unique=True)  # "CMW", "C189"
    short_name = models.CharField(_("short name"), max_length=120)
    title = models.CharField(_("title"), max_length=300)
    also_known_as = models.CharField(_("also known as"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=30, choices=InstrumentKind)
    position = models.PositiveIntegerField(default=0)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    in_force_on = models.DateField(_("in force since"), null=True, blank=True)
    reference = models.CharField(_("reference"), max_length=300, blank=True)
    mechanism = models.ForeignKey(
        Mechanism, on_delete=models.PROTECT, null=True, blank=True, related_name="instruments"
    )
    reporting_article = models.CharField(_("reporting article"), max_length=60, blank=True)
    has_reporting = models.BooleanField(_("the State files something"), default=False)
    reporting_note = models.TextField(blank=True)
    initial_due_years = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    periodic_years = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    periodic_rule = models.TextField(blank=True)
    review_cycle = models.TextField(blank=True)
    simplified = models.TextField(_("simplified procedure"), blank=True)
    guidelines = models.TextField(_("reporting guidelines"), blank=True)  # one symbol a line
    followup_months = models.PositiveSmallIntegerField(null=True, blank=True)
    followup_note = models.TextField(blank=True)
    # Patterns of document symbols by kind, from the catalogue: {"state_report": "CMW/C/{ISO3}/{n}", …}
    symbols = models.JSONField(default=dict, blank=True)
    is_about_migration = models.BooleanField(default=False)
    migration_note = models.TextField(blank=True)
    history = HistoricalRecords(excluded_fields=["folded"])

    objects: ClassVar[Any] = SearchQuerySet.as_manager()

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.code

    @property
    def slug(self) -> str:
        """The code as it stands in addresses."""
        return self.code.lower()


class InstrumentPart(Translated):
    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="parts")
    title = models.CharField(max_length=200)
    articles = models.CharField(max_length=60)  # "8-35"
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["instrument", "position"]
        constraints = [models.UniqueConstraint(fields=["instrument", "position"], name="part_position_once")]

    def __str__(self) -> str:
        return self.title


class Provision(Translated, Correctable, Searchable):
    """An article, or a paragraph of one where the compilation or a questionnaire names it; the label is our own."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="provisions")
    part = models.ForeignKey(
        InstrumentPart, on_delete=models.SET_NULL, null=True, blank=True, related_name="provisions"
    )
    article = models.CharField(max_length=40)  # "16"
    paragraph = models.CharField(max_length=40, blank=True)  # "(5)", "" for the article as a whole
    label = models.CharField(max_length=400, blank=True)
    is_procedural = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    history = HistoricalRecords(excluded_fields=["folded"])

    objects: ClassVar[Any] = SearchQuerySet.as_manager()

    class Meta:
        ordering = ["instrument", "position"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "article", "paragraph"], name="provision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.instrument.code} {self.reference}"

    @property
    def reference(self) -> str:
        return f"{self.article}{self.paragraph}"


class Fact(Correctable):
    """How sure a fact of an instrument is, and where it comes from."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="facts")
    fields = models.CharField(max_length=300)  # names, as in the catalogue file
    status = models.CharField(max_length=20, choices=FactStatus)
    source = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["instrument", "position"]

    def __str__(self) -> str:
        return f"{self.fields}: {self.status}"
