from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import StateParty
from reporting.instruments.models import Instrument, Mechanism, Provision
from reporting.instruments.models.translated import Translated
from reporting.questionnaires.choices import QuestionKind, QuestionnaireStatus, Tier
from reporting.questionnaires.querysets import QuestionnaireQuerySet


class Questionnaire(Translated):
    """One edition. Once published its codes, kinds, rules and wording never change."""

    code = models.CharField(max_length=60, unique=True)
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, null=True, blank=True, related_name="questionnaires"
    )
    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="questionnaires")
    # Set for one made from a list of issues, which belongs to one State.
    state_party = models.ForeignKey(StateParty, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    edition = models.CharField(max_length=60)
    title = models.CharField(_("title"), max_length=300)
    kinds = models.JSONField(default=list)  # ReportKind values it serves
    language = models.CharField(max_length=12, default="en")
    basis = models.TextField(_("rests on"), blank=True)  # document symbols, one a line
    order = models.CharField(max_length=20)  # articles, clusters, headings, form
    clusters = models.JSONField(default=list)  # the committee's own groups of articles, in its order; often none
    length_words = models.PositiveIntegerField(null=True, blank=True)
    length_excludes = models.CharField(max_length=120, blank=True)
    notes = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=QuestionnaireStatus, default=QuestionnaireStatus.DRAFT)
    content_sha256 = models.CharField(max_length=64)
    history = HistoricalRecords()

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title

    @property
    def original_language(self) -> str:
        return self.language


class Part(Translated):
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="parts")
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    is_general = models.BooleanField(default=False)  # not a Part of the instrument
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["questionnaire", "code"], name="part_code_once")]

    def __str__(self) -> str:
        return self.title


class Section(Translated):
    """What one body can answer: the unit of work, permission and review."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="sections")
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="sections")
    code = models.CharField(max_length=40, unique=True)  # "CMWP-F2"
    title = models.CharField(max_length=300)
    articles = models.JSONField(default=list)  # references it leads: ["16(1)", "17"]
    see = models.JSONField(default=list)  # answered elsewhere, worth a look
    provisions = models.ManyToManyField(Provision, related_name="sections", blank=True)  # what it leads
    cluster = models.CharField(max_length=60, blank=True)
    lead = models.JSONField(default=list)  # vocabulary codes of proposed lead bodies
    contribute = models.JSONField(default=list)
    consult = models.JSONField(default=list)
    kinds = models.JSONField(default=list)  # narrower than the questionnaire's; empty: the same
    is_optional = models.BooleanField(default=False)
    guidance = models.JSONField(default=list)  # [{"text", "basis"}]
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.short_code} {self.title}"

    @property
    def short_code(self) -> str:
        """The code after its first hyphen: "F2" of "CMWP-F2"; the address uses it in lower case."""
        return self.code.partition("-")[2] or self.code


class Question(Translated):
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    code = models.CharField(max_length=60, unique=True)  # "CMWP-F2-Q1"
    kind = models.CharField(max_length=20, choices=QuestionKind)
    text = models.TextField()
    is_required = models.BooleanField(default=False)
    tier = models.CharField(max_length=10, choices=Tier, default=Tier.CORE)
    roles = models.JSONField(default=list)  # StateRole values; empty: all
    kinds = models.JSONField(default=list)  # ReportKind values, where narrower than the section's
    basis = models.CharField(max_length=200, blank=True)  # treaty, guidelines, general comment n, practice
    is_exported = models.BooleanField(default=True)
    repeats = models.CharField(max_length=30, blank=True)  # "recommendation"
    indicator_type = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    # What its kind needs, in the shape of questionnaires/kinds.py: measures, rows, years, breakdowns, place.
    definition = models.JSONField(default=dict)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.code

    @property
    def number(self) -> str:
        """Its number in the section: "1" of "CMWP-F2-Q1"."""
        return self.code.rpartition("-Q")[2]
