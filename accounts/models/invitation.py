from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.choices import Level, Role
from accounts.models.body import Body
from accounts.models.party import Agency, StateParty


class Invitation(models.Model):
    """A link that makes an account with the rights it names; the link itself is not stored, only its hash."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    name = models.CharField(_("name"), max_length=120, blank=True)
    state_party = models.ForeignKey(StateParty, on_delete=models.CASCADE, null=True, related_name="invitations")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, null=True, related_name="invitations")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, null=True, related_name="invitations")
    role = models.CharField(_("role"), max_length=12, choices=Role, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)
    is_administrator = models.BooleanField(default=False)
    is_editor = models.BooleanField(default=False)
    token_sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.email
