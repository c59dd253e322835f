from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    """Treaties, provisions, mechanisms, themes and what links them."""

    name = "reporting.instruments"
    label = "instruments"
