from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import StateOwned
from reporting.instruments.choices import ReservationKind
from reporting.instruments.models.instrument import Instrument
from reporting.instruments.querysets import RatificationQuerySet


class Ratification(StateOwned):
    """That an instrument binds the State, and since when."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="ratifications")
    ratified_on = models.DateField(_("ratified or acceded on"), null=True, blank=True)
    in_force_on = models.DateField(_("in force for the State since"))
    denounced_on = models.DateField(_("denounced with effect from"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    # Overrides the rule of the instrument: printed in the last concluding observations or set by the mechanism.
    next_due_on = models.DateField(_("next report due on"), null=True, blank=True)
    next_due_source = models.CharField(_("source of that date"), max_length=200, blank=True)
    history = HistoricalRecords()

    objects: ClassVar[Any] = RatificationQuerySet.as_manager()

    class Meta:
        ordering = ["instrument__position"]
        constraints = [models.UniqueConstraint(fields=["state_party", "instrument"], name="ratification_once")]

    def __str__(self) -> str:
        return f"{self.instrument.code} {self.in_force_on:%Y}"


class Reservation(StateOwned):
    """A reservation or declaration made with a ratification."""

    ratification = models.ForeignKey(Ratification, on_delete=models.CASCADE, related_name="reservations")
    kind = models.CharField(_("kind"), max_length=12, choices=ReservationKind)
    articles = models.CharField(_("articles"), max_length=120, blank=True)
    text = models.TextField(_("text"))
    made_on = models.DateField(_("made on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    history = HistoricalRecords()

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.articles}"
