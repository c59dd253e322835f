from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    """Requests for technical cooperation and what agencies answer."""

    name = "reporting.assistance"
    label = "assistance"

    def ready(self) -> None:
        # Models exist only now: what this room registers with accounts needs them.
        from django.utils.translation import gettext_lazy as _

        from accounts import context, notifications, people
        from accounts.choices import Role
        from accounts.presenters import record
        from reporting.assistance import people as ours
        from reporting.assistance.presenters.record import ACTS, FACTS, VALUES

        people.on_body_change.append(ours.body_changed)
        people.on_handover.append(ours.hand_over)
        notifications.visible["assistance.assistancerequest"] = ours.visible_request_ids
        notifications.visible["assistance.agencyposition"] = ours.visible_position_ids
        notifications.addresses["assistance.assistancerequest"] = ours.request_addresses
        notifications.addresses["assistance.agencyposition"] = ours.position_addresses
        notifications.sentences.update(ours.SENTENCES)
        record.tell(ACTS, facts=FACTS, values=VALUES)
        asking = {Role.DRAFTER, Role.FOCAL_POINT, Role.COORDINATOR}
        context.navigation.append(
            context.Entry(
                _("Assistance"),
                "assistance",
                icon="lifebuoy",
                order=50,
                shown=lambda who: any(row.role in asking for row in who.memberships),
            )
        )
        context.navigation.append(
            context.Entry(
                _("Requests"), "agency_requests", icon="inbox", order=10, shown=lambda who: who.posting is not None
            )
        )
