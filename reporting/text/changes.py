"""What became of a list of paragraphs, said briefly: a page and the server tell each other changes, not whole answers.

``text`` holds what was added or changed by key, None where a paragraph was taken away; ``after`` the key that each
added or moved paragraph follows, "" at the start, in the order of the new list.
"""

import dataclasses
import uuid
from collections.abc import Mapping, Sequence

from reporting.text import boxes
from reporting.text.cleaning import clean
from reporting.text.pieces import Piece, kept_in_order, texts


@dataclasses.dataclass(frozen=True)
class Changes:
    """Changes made on a list of paragraphs.

    ``was`` has the texts that changed paragraphs started from, where these are not the ones of the list: somebody
    went on writing while an earlier save was under way and came back merged.
    """

    text: Mapping[str, str | None] = dataclasses.field(default_factory=dict)
    after: Mapping[str, str] = dataclasses.field(default_factory=dict)
    was: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def base(self, pieces: Sequence[Piece]) -> list[Piece]:
        """What the changes started from."""
        return [Piece(each.key, clean(self.was.get(each.key, each.text))) for each in pieces]

    def applied(self, pieces: Sequence[Piece]) -> list[Piece]:
        """The list with the changes made. A paragraph that should follow an unknown one comes last."""
        old = texts(pieces)
        gone = {key for key, text in self.text.items() if text is None}
        order = [key for key in old if key not in gone and key not in self.after]
        order += [key for key in self.text if key not in old and key not in gone and key not in self.after]
        for key, before in self.after.items():
            if key in gone or (key not in old and key not in self.text):
                continue
            place = 0 if before == "" else order.index(before) + 1 if before in order else len(order)
            order.insert(place, key)
        new = {**old, **{key: text for key, text in self.text.items() if text is not None}}
        return [Piece(key, new[key]) for key in order]


@dataclasses.dataclass(frozen=True)
class Box:
    """An answer written in one box: its text, and the one it started from where that is not the list's own."""

    text: str
    was: str | None = None

    def base(self, pieces: Sequence[Piece]) -> list[Piece]:
        """What the box started from."""
        return list(pieces) if self.was is None else boxes.split(clean(self.was), pieces, _new_key)

    def applied(self, pieces: Sequence[Piece]) -> list[Piece]:
        """The paragraphs of the box, under the keys of those that they were."""
        return boxes.split(self.text, self.base(pieces), _new_key)


def between(old: Sequence[Piece], new: Sequence[Piece]) -> Changes:
    """The changes that make ``new`` of ``old``."""
    before, after = texts(old), texts(new)
    text: dict[str, str | None] = {key: said for key, said in after.items() if before.get(key) != said}
    text |= {key: None for key in before if key not in after}
    in_place = kept_in_order(list(before), list(after))
    places, last = {}, ""
    for key in after:
        if key not in in_place:
            places[key] = last
        last = key
    return Changes(text, places)


def _new_key() -> str:
    return str(uuid.uuid4())
