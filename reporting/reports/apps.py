from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports, sections, contributions, answers, comments and submissions."""

    name = "reporting.reports"
    label = "reports"

    def ready(self) -> None:
        # Models are ready only now.
        from django.utils.translation import gettext_lazy as _

        from accounts import append_only, context, jobs, labels, notifications, people
        from accounts.presenters import record
        from reporting.instruments import due
        from reporting.reports.choices import OwnReason
        from reporting.reports.labels import LABELS
        from reporting.reports.permissions_library import keeps_library
        from reporting.reports.presenters.due import last_reports_due
        from reporting.reports.presenters.log import ACTS, FACTS, VALUES
        from reporting.reports.presenters.strip import has_reports
        from reporting.reports.services.consultation import close_rounds_of_yesterday
        from reporting.reports.services.notices import ADDRESSES, SENTENCES, VISIBLE, hand_over_sections
        from reporting.reports.services.presence import sweep
        from reporting.reports.services.regrants import regrant_reports

        # Nothing deletes a submission: its report, State and people are protected by it. 0005_submissions_stay sets it.
        append_only.guards.append(
            append_only.Guard("reports_submission", "submission", "a submission is never deleted", ("DELETE",))
        )
        # Nor is what a save made of a translation changed or deleted. 0012_translations_stay sets it.
        append_only.guards.append(
            append_only.Guard("reports_translationversion", "translation", "versions of a translation stay as they are")
        )
        people.on_body_change.append(regrant_reports)
        people.on_handover.append(hand_over_sections)
        notifications.visible.update(VISIBLE)
        notifications.addresses.update(ADDRESSES)
        notifications.sentences.update(SENTENCES)
        labels.of.update(LABELS)
        record.tell(ACTS, facts=FACTS, values=VALUES, reasons=OwnReason)
        jobs.each_minute.append(close_rounds_of_yesterday)
        jobs.each_minute.append(sweep)
        due.last_due(last_reports_due)
        context.navigation.append(
            context.Entry(_("Reports"), "reports", icon="document-text", order=20, shown=has_reports)
        )
        context.navigation.append(
            context.Entry(_("Library"), "library", icon="building-library", order=40, shown=keeps_library)
        )
