from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages composed from several rooms: home, search."""

    name = "reporting.desk"
    label = "desk"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from accounts import context

        context.navigation.append(context.Entry(_("Home"), "home", icon="home", order=10))
