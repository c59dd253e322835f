from typing import Any, ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from accounts.models import Agency
from reporting.instruments.choices import Coverage, ThemeGroup
from reporting.instruments.models.instrument import Provision
from reporting.instruments.models.translated import Correctable, Searchable, Translated
from reporting.instruments.querysets import SearchQuerySet


class SdgTarget(models.Model):
    code = models.CharField(max_length=10, unique=True)  # "10.7"
    label = models.CharField(max_length=200)
    indicators = models.TextField(blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class Theme(Translated, Correctable, Searchable):
    """A subject on which many instruments speak: one row of the compilation."""

    code = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    group = models.CharField(max_length=120, blank=True, choices=ThemeGroup)
    coverage = models.CharField(max_length=20, choices=Coverage)
    remark = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    provisions = models.ManyToManyField(Provision, through="ThemeProvision", related_name="themes")
    targets = models.ManyToManyField(SdgTarget, related_name="themes", blank=True)
    history = HistoricalRecords(excluded_fields=["folded"])

    objects: ClassVar[Any] = SearchQuerySet.as_manager()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return str(self.said("title"))


class ThemeProvision(models.Model):
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="links")
    provision = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="links")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["theme", "position"]
        constraints = [models.UniqueConstraint(fields=["theme", "provision"], name="theme_provision_once")]


class Mandate(models.Model):
    """An agency's themes: those it leads, and those it supports."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="mandates")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="mandates")
    leads = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "theme"], name="mandate_once")]
