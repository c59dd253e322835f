from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports, sections, contributions, answers, comments and submissions."""

    name = "reporting.reports"
    label = "reports"
