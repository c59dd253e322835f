from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    """Requests for technical cooperation and what agencies answer."""

    name = "reporting.assistance"
    label = "assistance"
