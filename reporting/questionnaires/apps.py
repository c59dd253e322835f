from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    """Editions, sections and questions."""

    name = "reporting.questionnaires"
    label = "questionnaires"
