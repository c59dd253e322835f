from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports, sections, contributions, answers, comments and submissions."""

    name = "reporting.reports"
    label = "reports"

    def ready(self) -> None:
        from accounts import jobs, people  # models are ready only now
        from reporting.reports.services.consultation import close_rounds_of_yesterday
        from reporting.reports.services.regrants import regrant_reports

        people.on_body_change.append(regrant_reports)
        jobs.each_minute.append(close_rounds_of_yesterday)
