"""Endorsement, the frozen submissions of a report, and their way to the mechanism."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import permissions
from accounts.models import User
from reporting.reports.choices import Reply, ReportStatus
from reporting.reports.models import Report, Submission, Transmission
from reporting.reports.permissions import CONCLUDE_REPORT, PUBLISH_REPORT, READ_SUBMISSION, TRANSMIT_REPORT
from reporting.reports.presenters.check import total_words
from reporting.reports.presenters.words import number, page_url

# Slug and name of each format in which a submission is stored.
FORMATS: list[tuple[str, Any]] = [
    ("pdf", "PDF"),
    ("docx", pgettext_lazy("file format", "Word")),
    ("xlsx", pgettext_lazy("file format", "Excel")),
    ("json", "JSON"),
]


@dataclass
class Endorsing:
    """What stands before an endorsement: whether it goes beyond the limit or over objections, and what came before."""

    words: int
    limit: int | None
    objections: int
    earlier: Submission | None

    @property
    def over_limit(self) -> bool:
        return bool(self.limit and self.words > self.limit)

    @property
    def length(self) -> str:
        if self.limit:
            said = _("%(words)s words of %(limit)s")
            return str(said) % {"words": number(self.words), "limit": number(self.limit)}
        return str(_("%(words)s words")) % {"words": number(self.words)}


def endorsing(report: Report) -> Endorsing:
    replies = report.replies.filter(round=report.validation_round, reply=Reply.OBJECTION, settled_at__isnull=True)
    earlier = report.submissions.order_by("-number").first()
    return Endorsing(total_words(report), report.word_limit, replies.count(), earlier)


def submissions(report: Report) -> QuerySet[Submission]:
    """The submissions of a report without their content, the last first."""
    rows = report.submissions.defer("content").select_related("recorded_by", "report")
    return rows.order_by("-number")  # type: ignore[no-any-return]


def files(report: Report, submission: Submission) -> list[tuple[Any, str]]:
    """(name, address) of the files of a submission, as far as the installation serves them."""
    found = [(label, page_url("submission_file", report.slug, submission.number, slug)) for slug, label in FORMATS]
    found.append((_("Receipt"), page_url("submission_receipt", report.slug, submission.number)))
    found.append((_("Zip with annexes"), page_url("submission_zip", report.slug, submission.number)))
    return [(label, url) for label, url in found if url]


def _compare_url(report: Report, submission: Submission) -> str:
    url = page_url("compare")
    return f"{url}?new={report.slug}.{submission.number}" if url else ""


def page(report: Report, submission: Submission, user: User) -> dict[str, Any]:
    """All that templates/reports/process/submission.html shows but the form."""
    every = [row for row in submissions(report) if permissions.allows(user, READ_SUBMISSION, row)]
    last = max((row.number for row in every), default=submission.number)
    published = report.published_at is not None and submission.recorded_at <= report.published_at
    is_last = submission.number == last
    concludes = permissions.allows(user, CONCLUDE_REPORT, report)
    return {
        "submission": submission,
        "files": files(report, submission),
        "compare_url": _compare_url(report, submission),
        "others": [
            (row, page_url("report_submission", report.slug, row.number)) for row in every if row.pk != submission.pk
        ],
        "is_last": is_last,
        "is_published": published,
        "may_publish": is_last and not published and permissions.allows(user, PUBLISH_REPORT, report),
        "may_take_back": is_last and concludes and report.status == ReportStatus.ENDORSED,
        "transmission_url": page_url("report_transmission", report.slug)
        if permissions.may_ever(user, TRANSMIT_REPORT, report)
        else "",
    }


def transmissions(report: Report) -> list[tuple[Transmission, str]]:
    """(transmission, names of the files sent) of a report, the last first."""
    names = dict(FORMATS)
    rows = Transmission.objects.filter(submission__report=report).select_related("submission", "recorded_by")
    rows = rows.defer("submission__content").order_by("-submission__number", "-pk")
    return [(row, ", ".join(str(names.get(each, each)) for each in row.files.split())) for row in rows]
