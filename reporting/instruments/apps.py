from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstrumentsConfig(AppConfig):
    """Treaties, provisions, mechanisms, themes and what links them."""

    name = "reporting.instruments"
    label = "instruments"

    def ready(self) -> None:
        from accounts import context, labels  # models are not loaded before
        from accounts.presenters import record
        from reporting.instruments.presenters.record import ACTS, FACTS, LABELS

        context.navigation.append(context.Entry(_("Instruments"), "instruments", icon="book-open", order=30))
        labels.of.update(LABELS)
        record.tell(ACTS, facts=FACTS)
