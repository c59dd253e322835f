from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Agency, StateOwned, User
from reporting.assistance.choices import PositionStatus
from reporting.assistance.models.request import AssistanceRequest
from reporting.assistance.querysets import PlanQuerySet, PlanVersionQuerySet, PositionQuerySet, Unchanging


class AgencyPosition(StateOwned):
    """Where one agency stands with one request; made when the request is submitted to it."""

    request = models.ForeignKey(AssistanceRequest, on_delete=models.PROTECT, related_name="positions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="positions")
    status = models.CharField(max_length=14, choices=PositionStatus, default=PositionStatus.NO_ANSWER)
    status_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    status_at = models.DateTimeField(null=True)
    status_note = models.TextField(blank=True)
    responsible = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("responsible officer")
    )
    # This agency asked back: its clock stands still until the State submits again.
    is_returned = models.BooleanField(default=False)
    asked_back = models.TextField(blank=True)
    asked_back_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    asked_back_at = models.DateTimeField(null=True)
    # From when the agency's time to answer counts.
    clock_from = models.DateTimeField()
    history = HistoricalRecords()

    objects: ClassVar[Any] = PositionQuerySet.as_manager()

    class Meta:
        ordering = ["request", "agency__code"]
        constraints = [models.UniqueConstraint(fields=["request", "agency"], name="position_once")]
        indexes = [models.Index(fields=["agency", "status"])]

    def __str__(self) -> str:
        return f"{self.request.reference} · {self.agency.code}"

    @property
    def history_context(self) -> str:
        return str(self.request)


class Plan(StateOwned):
    """The working plan of the State and one agency; its content is its last version."""

    position = models.OneToOneField(AgencyPosition, on_delete=models.PROTECT, related_name="plan")
    version = models.PositiveIntegerField(default=0)
    # Offered by the head of the agency's desk; a later edit takes the offer back.
    offered = models.ForeignKey("PlanVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    offered_at = models.DateTimeField(null=True)
    # Accepted by a coordinator of the State.
    accepted = models.ForeignKey("PlanVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = PlanQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.position} · {self.version}"


class PlanVersion(StateOwned):
    """What one save made of a plan; never changed.

    ``content``: results [{text, indicator, baseline, target}], activities [text], beneficiaries,
    currency, budget [{item, total, state_share, asked, others}] (decimal strings), starts_on,
    ends_on (ISO or ""), milestones [{due_on, text}], risks, monitoring.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField()

    objects: ClassVar[Any] = PlanVersionQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once")]

    def __str__(self) -> str:
        return f"{self.plan_id} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise Unchanging("A version is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchanging("A version is never removed.")


class Referral(StateOwned):
    """An agency's proposal that the State address another one too; only the State adds an agency."""

    position = models.ForeignKey(AgencyPosition, on_delete=models.PROTECT, related_name="referrals")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["position", "agency"], name="referral_once")]

    def __str__(self) -> str:
        return f"{self.position} → {self.agency}"
