from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.choices import Level, Role
from accounts.models.body import Body
from accounts.models.party import Agency, StateParty


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Somebody who runs the machine; the pages show such a person no State's content."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. The e-mail address is the name; a State, an agency or neither is the home."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=120)
    position = models.CharField(_("position"), max_length=120, blank=True)
    language = models.CharField(_("language of the interface"), max_length=12, blank=True)
    state_party = models.ForeignKey(
        StateParty,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("State party"),
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("agency")
    )
    is_administrator = models.BooleanField(
        _("administrator"), default=False, help_text=_("Of people, bodies and roles of the own State or agency.")
    )
    is_editor = models.BooleanField(_("catalogue editor"), default=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(
                condition=Q(state_party__isnull=True) | Q(agency__isnull=True), name="user_of_state_or_agency"
            ),
            models.CheckConstraint(
                condition=Q(is_editor=False) | Q(state_party__isnull=True, agency__isnull=True),
                name="editor_belongs_to_neither",
            ),
            models.CheckConstraint(
                condition=Q(is_administrator=False) | Q(state_party__isnull=False) | Q(agency__isnull=False),
                name="administrator_belongs_to_one",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def initials(self) -> str:
        words = self.name.replace(".", " ").split() or [self.email]
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


class RoleGroup(models.Model):
    """The group behind one (body, role) or (agency, level): what grants are given to."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="role_group")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, null=True, related_name="role_groups")
    role = models.CharField(max_length=12, choices=Role, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, null=True, related_name="role_groups")
    level = models.CharField(max_length=10, choices=Level, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "role"], condition=Q(body__isnull=False), name="one_group_per_role"
            ),
            models.UniqueConstraint(
                fields=["agency", "level"], condition=Q(agency__isnull=False), name="one_group_per_level"
            ),
        ]

    def __str__(self) -> str:
        return self.group.name
