from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    """Editions, sections and questions."""

    name = "reporting.questionnaires"
    label = "questionnaires"

    def ready(self) -> None:
        from reporting.instruments import shelf  # models are not loaded before
        from reporting.questionnaires import shelves

        shelf.shelf(shelves.editions)
