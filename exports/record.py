"""The acts of exports, in words: registered with the record of acts in AppConfig.ready."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.reports.choices import Form

ACTS: dict[str, Any] = {
    "report.export": _("asked for a file of the report"),
    "report.export_board": _("fetched the review board"),
    "report.export_comparison": _("fetched a comparison"),
    "section.export": _("fetched a file of the section"),
    "submission.fetch": _("fetched a file of the submission"),
    "submission.receipt": _("fetched the receipt of a submission"),
    "report.export_log": _("fetched the log"),
    "workbook.download": _("downloaded a workbook to fill in"),
    "workbook.apply": _("applied a filled workbook"),
}
FACTS: dict[str, Any] = {
    "form": _("Form"),
    "format": _("Format"),
    "old": pgettext_lazy("of two documents", "Earlier"),
    "new": pgettext_lazy("of two documents", "Later"),
    "cells": _("Cells"),
}
VALUES: dict[str, type[models.TextChoices]] = {"form": Form}
