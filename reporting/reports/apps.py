from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports, sections, contributions, answers, comments and submissions."""

    name = "reporting.reports"
    label = "reports"

    def ready(self) -> None:
        from accounts import people
        from reporting.reports.services.regrants import regrant_reports

        people.on_body_change.append(regrant_reports)
