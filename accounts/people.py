"""What other rooms do when people change: they register here in their AppConfig.ready."""

from collections.abc import Callable

from accounts.models import Body, User

# (leaver, successor or None, by): hand the leaver's work over, in the same transaction.
Handover = Callable[[User, User | None, User | None], None]
on_handover: list[Handover] = []
# (body): roles or members of the body changed; grants that depend on it are derived again.
on_body_change: list[Callable[[Body], None]] = []


def hand_over(leaver: User, *, to: User | None, by: User | None) -> None:
    for function in on_handover:
        function(leaver, to, by)


def body_changed(body: Body) -> None:
    for function in on_body_change:
        function(body)
