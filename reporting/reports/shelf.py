"""What other rooms show beside a section: each registers one function in its AppConfig.ready.

A panel is drawn from a template of the room that registered it. The function is asked for the
person and the section, and answers None where it has nothing to show to that person.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Panel:
    """One <details> of the shelf: its title, a short count ("2 open"), and the template of its body."""

    name: str
    title: str
    template: str
    count: str = ""
    is_open: bool = False
    context: dict[str, Any] = field(default_factory=dict)


# (user, section) -> Panel or None; the section has its report and contributions at hand.
panels: list[Callable[[Any, Any], Panel | None]] = []
