from django.apps import AppConfig
from django.utils.functional import lazy


class QuestionnairesConfig(AppConfig):
    """Editions, sections and questions."""

    name = "reporting.questionnaires"
    label = "questionnaires"

    def ready(self) -> None:
        from accounts import people  # models are not loaded before
        from reporting.instruments import shelf
        from reporting.questionnaires import shelves, vocabulary

        shelf.shelf(shelves.editions)
        words = lazy(vocabulary.lead_label, str)
        people.remits.update({code: words(code) for code in vocabulary.codes("leads")})
