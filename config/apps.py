from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The project itself: its command line, its static files, its demonstration."""

    name = "config"
    label = "config"
