import uuid
from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Agency, Body, StateOwned, User
from reporting.assistance.choices import REQUEST_PERMISSIONS, Kind, Priority, RequestStatus
from reporting.assistance.querysets import RequestQuerySet, Unchanging, VersionQuerySet, unpacked
from reporting.instruments.models import Provision, Theme


class AssistanceRequest(StateOwned):
    """What a State asks of the United Nations on a provision: as the State writes it, submitted or not."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # "ARC-2026-07", given at the first submission, so that the numbers which agencies read have no gaps
    # from which a request that was never submitted could be guessed.
    reference = models.CharField(_("reference"), max_length=16, unique=True, null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)  # within the State and the year
    version = models.PositiveIntegerField(default=1)  # rises with each accepted change of the content
    title = models.CharField(_("title"), max_length=200)
    need = models.TextField(_("need"), blank=True)
    in_place = models.TextField(_("what is in place"), blank=True)
    missing = models.TextField(_("what is missing"), blank=True)
    kinds = models.CharField(max_length=160, blank=True)  # ",legal,training,"
    themes = models.ManyToManyField(Theme, blank=True, related_name="+")
    provisions = models.ManyToManyField(Provision, blank=True, related_name="+")
    # Document symbol and paragraph of each recommendation that the request answers, one a line.
    recommendations = models.TextField(blank=True)
    why_now = models.TextField(_("why now"), blank=True)
    needed_by_on = models.DateField(_("needed by"), null=True, blank=True)
    responsible = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="requests")
    counterpart_unit = models.CharField(max_length=160, blank=True)
    counterpart_name = models.CharField(max_length=120, blank=True)
    counterpart_email = models.EmailField(blank=True)
    counterpart_phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=12, default="en")
    agencies = models.ManyToManyField(Agency, blank=True, related_name="+")
    tried_before = models.TextField(blank=True)
    plan_link = models.CharField(max_length=300, blank=True)
    resident_coordinator_informed_on = models.DateField(null=True, blank=True)
    social_partners_consulted_on = models.DateField(null=True, blank=True)
    security_forces = models.BooleanField(default=False)
    # Seen by the State alone.
    internal_priority = models.CharField(max_length=8, choices=Priority, blank=True)
    origin_section = models.ForeignKey(
        "reports.ReportSection", on_delete=models.SET_NULL, null=True, blank=True, related_name="requests"
    )
    origin_answer = models.ForeignKey(
        "reports.Answer", on_delete=models.SET_NULL, null=True, blank=True, related_name="requests"
    )
    # The authority's decision; a request submitted without one is an enquiry.
    authorised_office = models.CharField(max_length=200, blank=True)
    authorised_on = models.DateField(null=True, blank=True)
    authorised_reference = models.CharField(max_length=120, blank=True)
    letter = models.FileField(upload_to="requests/%Y/", blank=True)
    letter_name = models.CharField(max_length=200, blank=True)
    letter_sha256 = models.CharField(max_length=64, blank=True, default="")
    is_enquiry = models.BooleanField(default=False)
    status = models.CharField(max_length=12, choices=RequestStatus, default=RequestStatus.DRAFT)
    status_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    status_at = models.DateTimeField(null=True)
    status_note = models.TextField(blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    # The one that agencies read.
    last_version = models.OneToOneField(
        "RequestVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="current_for"
    )
    folded = models.TextField(blank=True, editable=False)
    history = HistoricalRecords(excluded_fields=["folded"])

    objects: ClassVar[Any] = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        permissions = REQUEST_PERMISSIONS
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["state_party", "year", "number"], name="request_number_once"),
            models.CheckConstraint(
                condition=models.Q(reference=None, year=None, number=None, last_version=None)
                | models.Q(
                    reference__isnull=False, year__isnull=False, number__isnull=False, last_version__isnull=False
                ),
                name="request_numbered_with_its_first_version",
            ),
        ]
        indexes = [models.Index(fields=["state_party", "status"])]

    def __str__(self) -> str:
        """The reference alone, once there is one: what an agency reads never names the draft's title."""
        return self.reference or self.title

    @property
    def history_context(self) -> str:
        return str(self)

    @property
    def address(self) -> str:
        """Its part of an address: the reference, and before there is one the identifier."""
        return self.reference or str(self.uuid)

    @property
    def kind_codes(self) -> list[str]:
        return unpacked(self.kinds)

    @property
    def kind_labels(self) -> list[str]:
        return [str(Kind(code).label) for code in self.kind_codes]


class RequestVersion(StateOwned):
    """What one submission sent to the agencies; immutable."""

    request = models.ForeignKey(AssistanceRequest, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()  # assistance.freeze
    sha256 = models.CharField(max_length=64)  # over the canonical JSON of ``content``
    # What lists show and filter by, copied from the content.
    title = models.CharField(max_length=200)
    kinds = models.CharField(max_length=160, blank=True)
    language = models.CharField(max_length=12)
    needed_by_on = models.DateField(null=True)
    folded = models.TextField(blank=True)
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()

    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["request", "-number"]
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="request_version_once")]

    def __str__(self) -> str:
        return f"{self.content.get('reference', '')} · {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise Unchanging("A version is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchanging("A version is never removed.")
