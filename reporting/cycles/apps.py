from django.apps import AppConfig


class CyclesConfig(AppConfig):
    """Review cycles and the documents received in them."""

    name = "reporting.cycles"
    label = "cycles"
