from django.apps import AppConfig


class CyclesConfig(AppConfig):
    """Review cycles and the documents received in them."""

    name = "reporting.cycles"
    label = "cycles"

    def ready(self) -> None:
        from accounts import people
        from accounts.presenters import record
        from reporting.cycles.record import ACTS, FACTS, VALUES
        from reporting.cycles.services import regrant_cycles

        people.on_body_change.append(regrant_cycles)
        record.tell(ACTS, facts=FACTS, values=VALUES)
