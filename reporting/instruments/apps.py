from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstrumentsConfig(AppConfig):
    """Treaties, provisions, mechanisms, themes and what links them."""

    name = "reporting.instruments"
    label = "instruments"

    def ready(self) -> None:
        from accounts import context  # models are not loaded before

        context.navigation.append(context.Entry(_("Instruments"), "instruments", icon="book-open", order=30))
