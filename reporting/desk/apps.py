from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages composed from several rooms: home, search."""

    name = "reporting.desk"
    label = "desk"
