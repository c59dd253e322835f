from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Body, StateOwned, User
from reporting.cycles.choices import CYCLE_PERMISSIONS, DocumentKind, Prevailing, Procedure
from reporting.instruments.models import Instrument, Mechanism


class ReviewCycle(StateOwned):
    """One review of the State by a mechanism: documents received, reports sent."""

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="cycles")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, null=True, blank=True, related_name="cycles")
    number_from = models.PositiveSmallIntegerField(_("number of the report"), default=1)
    number_to = models.PositiveSmallIntegerField(_("last number, when combined"), default=1)
    slug = models.SlugField(max_length=60)  # "cmw-3"
    procedure = models.CharField(_("procedure"), max_length=12, choices=Procedure, default=Procedure.STANDARD)
    coordinating_body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="cycles", verbose_name=_("coordinating body")
    )
    roles = models.JSONField(_("roles of the State"), default=list)  # StateRole values
    working_language = models.CharField(_("working language"), max_length=12, default="en")
    submission_language = models.CharField(_("submission language"), max_length=12, default="en")
    prevailing = models.CharField(
        _("which text prevails"), max_length=10, choices=Prevailing, default=Prevailing.SUBMISSION
    )
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    dialogue_on = models.DateField(_("constructive dialogue on"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["instrument__position", "-number_from"]
        permissions = CYCLE_PERMISSIONS
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["state_party", "mechanism", "instrument", "number_from"], name="cycle_once"
            ),
            # In an index a missing instrument equals no other, so the UPR needs its own.
            models.UniqueConstraint(
                fields=["state_party", "mechanism", "number_from"],
                condition=models.Q(instrument__isnull=True),
                name="cycle_without_instrument_once",
            ),
            models.UniqueConstraint(fields=["state_party", "slug"], name="cycle_slug_once"),
            models.CheckConstraint(
                condition=models.Q(number_to__gte=models.F("number_from")), name="cycle_numbers_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument.code if self.instrument else self.mechanism.code} {self.numbers}"

    @property
    def numbers(self) -> str:
        """ "3", or "2-3" when combined."""
        return str(self.number_from) if self.number_from == self.number_to else f"{self.number_from}-{self.number_to}"

    @property
    def is_translated(self) -> bool:
        """Whether the report is submitted in another language than it is written in."""
        return self.working_language != self.submission_language

    @property
    def history_context(self) -> str:
        return self.slug


class ReceivedDocument(StateOwned):
    """What a mechanism sent: a list of issues, concluding observations, a letter."""

    cycle = models.ForeignKey(ReviewCycle, on_delete=models.PROTECT, related_name="received")
    kind = models.CharField(_("kind"), max_length=30, choices=DocumentKind)
    symbol = models.CharField(_("document symbol"), max_length=80, blank=True)
    title = models.CharField(_("title"), max_length=300)
    received_on = models.DateField(_("received on"))
    reply_due_on = models.DateField(_("reply due on"), null=True, blank=True)
    file = models.FileField(_("file"), upload_to="received/%Y/", blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-received_on", "-pk"]

    def __str__(self) -> str:
        return self.symbol or self.title
