"""The acts of review cycles, in words: registered with the record of acts in AppConfig.ready."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from reporting.cycles.choices import DocumentKind, Procedure

ACTS: dict[str, Any] = {
    "reviewcycle.open": _("opened a review cycle"),
    "receiveddocument.file": _("filed a document received"),
    "state.open_drafting": _("changed who reads the other sections while they are drafted"),
}
FACTS: dict[str, Any] = {
    "coordinating_body": _("Coordinating body"),
    "procedure": _("Procedure"),
    "symbol": _("Document symbol"),
}
VALUES: dict[str, type[models.TextChoices]] = {"procedure": Procedure, "receiveddocument.kind": DocumentKind}
