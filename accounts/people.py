"""What other rooms do when people change: they register here in their AppConfig.ready."""

from collections.abc import Callable
from typing import Any

from accounts.models import Body, User

# (leaver, successor or None, by): hand the leaver's work over, in the same transaction.
Handover = Callable[[User, User | None, User | None], None]
on_handover: list[Handover] = []
# (body): roles or members of the body changed; grants that depend on it are derived again.
on_body_change: list[Callable[[Body], None]] = []
# code -> lazy label of each field of work that a body can have, as the questionnaires know them.
remits: dict[str, Any] = {}


def hand_over(leaver: User, *, to: User | None, by: User | None) -> None:
    for function in on_handover:
        function(leaver, to, by)


def body_changed(body: Body) -> None:
    for function in on_body_change:
        function(body)
