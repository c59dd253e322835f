from django.apps import AppConfig


class CyclesConfig(AppConfig):
    """Review cycles and the documents received in them."""

    name = "reporting.cycles"
    label = "cycles"

    def ready(self) -> None:
        from accounts import people
        from reporting.cycles.services import regrant_cycles

        people.on_body_change.append(regrant_cycles)
