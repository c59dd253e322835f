from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.choices import Level
from accounts.querysets import StateQuerySet


class StateParty(models.Model):
    """A State with its own workspace, strictly apart from every other."""

    code = models.CharField(_("code"), max_length=3, unique=True, help_text=_("Three letters, as in document symbols."))
    name = models.CharField(_("name"), max_length=120)
    full_name = models.CharField(_("full name"), max_length=200, blank=True)
    region = models.CharField(_("region"), max_length=60, blank=True)
    language = models.CharField(_("working language"), max_length=12, default="en")
    open_drafting = models.BooleanField(
        _("open drafting"),
        default=False,
        help_text=_("Every body in a report may read the other sections while they are drafted."),
    )
    device_copies = models.BooleanField(
        _("copies on devices"),
        default=True,
        help_text=_("What somebody writes and is not saved yet is kept on the own device, encrypted, until sign-out."),
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class StateOwned(models.Model):
    """A row of exactly one State: copied from its parent by the service, never changed."""

    state_party = models.ForeignKey(StateParty, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = StateQuerySet.as_manager()

    class Meta:
        abstract = True


class Agency(models.Model):
    """A United Nations agency, fund or programme that reads and answers requests."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=200)
    mandate = models.TextField(_("mandate"), blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.code


class AgencyPosting(models.Model):
    """An officer's place in an agency: the level, and the States within scope (none named: all)."""

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="posting")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="postings")
    level = models.CharField(max_length=10, choices=Level)
    scope = models.ManyToManyField(StateParty, blank=True, related_name="+")
    history = HistoricalRecords(m2m_fields=[scope])

    def __str__(self) -> str:
        return f"{self.user} · {self.agency}"
