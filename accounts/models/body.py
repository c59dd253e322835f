from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.choices import BodyKind, Role
from accounts.models.party import StateOwned


class Body(StateOwned):
    """A ministry, the national mechanism, the statistics office, the permanent mission, or a consulted body."""

    slug = models.SlugField(_("short name"), max_length=40)
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=12, choices=BodyKind)
    coordinates = models.BooleanField(_("coordinates reports"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "bodies"
        constraints = [models.UniqueConstraint(fields=["state_party", "slug"], name="body_once_per_state")]

    def __str__(self) -> str:
        return self.name


class Remit(StateOwned):
    """A field of work of a body: a code of ``leads`` or ``consulted`` of the questionnaires' vocabulary."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="remits")
    code = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "code"], name="remit_once_per_body")]

    def __str__(self) -> str:
        return self.code


class Membership(StateOwned):
    """Puts a person in a body with a role; a person may have several."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="memberships")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=Role)
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "body", "role"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.body}"
