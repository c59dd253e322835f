from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    """Requests for technical cooperation and what agencies answer."""

    name = "reporting.assistance"
    label = "assistance"

    def ready(self) -> None:
        # Models exist only now: what this room registers with accounts needs them.
        from accounts import notifications, people
        from reporting.assistance import people as ours

        people.on_body_change.append(ours.body_changed)
        people.on_handover.append(ours.hand_over)
        notifications.visible["assistance.assistancerequest"] = ours.visible_request_ids
        notifications.visible["assistance.agencyposition"] = ours.visible_position_ids
        notifications.addresses["assistance.assistancerequest"] = ours.request_addresses
        notifications.addresses["assistance.agencyposition"] = ours.position_addresses
