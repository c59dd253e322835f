from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """How it leaves: PDF, Word, Excel and JSON."""

    name = "exports"
