"""Named questions about reports, sections, contributions and comments."""

import datetime
from typing import Any, Self

from django.db.models import F, Q

from accounts.querysets import StateQuerySet
from reporting.reports.choices import (
    BEFORE_ENDORSED,
    Audience,
    ContributionStatus,
    ReportStatus,
    SectionStatus,
    Why,
)
from reporting.text.folding import fold


class ReportQuerySet(StateQuerySet):
    def in_preparation(self) -> Self:
        return self.filter(status__in=BEFORE_ENDORSED)

    def two_languages(self) -> Self:
        """Reports that are submitted in another language than they are written in."""
        return self.exclude(cycle__working_language=F("cycle__submission_language"))

    def overdue(self, on: datetime.date) -> Self:
        return self.in_preparation().filter(due_on__lt=on)


class SectionQuerySet(StateQuerySet):
    def asked(self) -> Self:
        """Sections in which something is asked."""
        return self.filter(is_set_aside=False)

    def open(self) -> Self:
        """Sections that are still to be cleared."""
        return self.asked().exclude(status=SectionStatus.CLEARED)

    def awaiting_review(self) -> Self:
        return self.filter(status=SectionStatus.IN_REVIEW, report__status=ReportStatus.DRAFTING)

    def overdue(self, on: datetime.date) -> Self:
        late = {SectionStatus.NOT_STARTED, SectionStatus.DRAFTING, SectionStatus.RETURNED}
        return self.asked().filter(status__in=late, due_on__lt=on)

    def for_page(self) -> Self:
        """With everything that a row of a list shows."""
        return self.select_related(
            "report__cycle__instrument", "report__state_party", "section__part", "lead", "status_by"
        )


class ContributionQuerySet(StateQuerySet):
    def pending(self) -> Self:
        """Asked or returned: the body still has to send it."""
        return self.filter(status__in=[ContributionStatus.ASKED, ContributionStatus.RETURNED])

    def open(self) -> Self:
        """Neither taken over nor withdrawn: needs a reason when the section is sent."""
        return self.exclude(status__in=[ContributionStatus.TAKEN_OVER, ContributionStatus.WITHDRAWN])

    def live(self) -> Self:
        return self.exclude(status=ContributionStatus.WITHDRAWN)


class CommentQuerySet(StateQuerySet):
    def threads(self) -> Self:
        return self.filter(parent__isnull=True)

    def unresolved(self) -> Self:
        return self.filter(resolved_at__isnull=True, withdrawn_at__isnull=True)

    def readable(self, *, body_ids: set[int], coordinates: bool, in_section: bool) -> Self:
        """What a member of ``body_ids`` may read: audience is fixed when the comment is written."""
        allowed = Q(audience=Audience.BODY, body_id__in=body_ids)
        if in_section or coordinates:
            allowed |= Q(audience__in=[Audience.SECTION, Audience.CONSULTATION])
        return self.filter(allowed)


class AnswerVersionQuerySet(StateQuerySet):
    def drafted_in(self, section: Any, by: Any) -> Self:
        """What ``by`` saved in the section, other than editorially, since it was assigned or last reopened."""
        rows = self.filter(answer__section=section, by=by).exclude(why=Why.EDITORIAL)
        since = max(filter(None, [section.assigned_at, section.reopened_at]), default=None)
        return rows.filter(at__gte=since) if since else rows


class LibraryQuerySet(StateQuerySet):
    def matching(self, text: str) -> Self:
        rows = self
        for word in fold(text).split():
            rows = rows.filter(folded__contains=word)
        return rows

    def in_use(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def withdrawn(self) -> Self:
        return self.filter(withdrawn_at__isnull=False)

    def expired(self, on: datetime.date) -> Self:
        return self.in_use().filter(valid_until__lt=on)
