"""Closed lists of this room, and the object permissions that its groups receive."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BodyKind(models.TextChoices):
    MINISTRY = "ministry", _("Ministry or department")
    MECHANISM = "mechanism", _("National mechanism")
    STATISTICS = "statistics", _("Statistics office")
    MISSION = "mission", _("Permanent mission")
    CONSULTED = "consulted", _("Consulted body")


class Role(models.TextChoices):
    """What a member does in a body. Each role is a bundle of rights of design.md section 3."""

    DRAFTER = "drafter", _("Drafter")
    FOCAL_POINT = "focal_point", _("Focal point")
    COORDINATOR = "coordinator", _("Coordinator")
    MISSION = "mission", _("Permanent mission")
    TRANSLATOR = "translator", _("Translator")
    CONSULTED = "consulted", _("Commenter of a consulted body")


# A sentence that an administrator can read before giving the role.
ROLE_SENTENCES = {
    Role.DRAFTER: _("Writes in the sections and questions given to the body."),
    Role.FOCAL_POINT: _("Shares the body's work out, sends its answers, and asks for technical cooperation."),
    Role.COORDINATOR: _("Plans reports, assigns, returns or clears sections, and has reports endorsed."),
    Role.MISSION: _("Transmits endorsed reports, records receipt, and files what the committees send."),
    Role.TRANSLATOR: _("Translates cleared text where a report is submitted in another language, and reads no other."),
    Role.CONSULTED: _("Reads what is shared with the body, and comments on it."),
}

# The kinds of body in which a role makes sense; coordinators need a body marked as coordinating besides.
ROLE_KINDS = {
    Role.DRAFTER: {BodyKind.MINISTRY, BodyKind.MECHANISM, BodyKind.STATISTICS},
    Role.FOCAL_POINT: {BodyKind.MINISTRY, BodyKind.MECHANISM, BodyKind.STATISTICS},
    Role.COORDINATOR: {BodyKind.MINISTRY, BodyKind.MECHANISM},
    Role.MISSION: {BodyKind.MISSION},
    Role.TRANSLATOR: {BodyKind.MINISTRY, BodyKind.MECHANISM, BodyKind.STATISTICS, BodyKind.MISSION},
    Role.CONSULTED: {BodyKind.CONSULTED},
}


class Level(models.TextChoices):
    """What an officer may do in the agency."""

    READER = "reader", _("Reader")
    DESK = "desk", _("Desk officer")
    HEAD = "head", _("Head of desk")


LEVEL_SENTENCES = {
    Level.READER: _("Reads the requests submitted to the agency."),
    Level.DESK: _("Answers requests: acknowledges, asks back, opens a plan, reports progress."),
    Level.HEAD: _("As the desk, and offers or declines in the agency's name."),
}
