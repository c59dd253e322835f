"""A page that saves by itself, as the script of the section does it, without a browser."""

import dataclasses
import uuid
from typing import Any

from reporting.reports.services.changes import TextEdit, TextSaved, save_changes
from reporting.text.changes import Changes, between
from reporting.text.cleaning import clean
from reporting.text.pieces import Piece


@dataclasses.dataclass
class Page:
    """What one person has on the screen, what the server is known to hold, and the save under way."""

    section: Any
    answer_id: int
    by: Any
    version: int = 0
    server: list[Piece] = dataclasses.field(default_factory=list)
    local: list[Piece] = dataclasses.field(default_factory=list)
    was: dict[str, str] = dataclasses.field(default_factory=dict)
    clashes: dict[str, str] = dataclasses.field(default_factory=dict)  # theirs, by key
    declined: dict[str, str] = dataclasses.field(default_factory=dict)
    pending: tuple[uuid.UUID, TextEdit, list[Piece]] | None = None
    acknowledged: list[str] = dataclasses.field(default_factory=list)

    def wanted(self) -> list[Piece]:
        """What is on the screen, but for what waits for a choice."""
        return [
            Piece(each.key, self.clashes.get(each.key, clean(each.text))) for each in self.local if each.text.strip()
        ]

    def send(self, *, request_lost: bool = False, reply_lost: bool = False) -> None:
        if self.pending is None:
            wanted = self.wanted()
            changes = between(self.server, wanted)
            was = {key: text for key, text in self.was.items() if key in changes.text}
            changes = Changes(changes.text, changes.after, was)
            edit = TextEdit(self.answer_id, self.version, changes, self.declined)
            self.pending, self.declined = (uuid.uuid4(), edit, wanted), {}
        attempt, edit, wanted = self.pending
        if request_lost:
            return
        _saved, answers = save_changes(self.section.report.slug, self.section.slug, [edit], by=self.by, attempt=attempt)
        if not reply_lost:
            self.pending = None
            self._take(answers[0], edit, wanted)

    def _take(self, told: TextSaved, edit: TextEdit, wanted: list[Piece]) -> None:
        theirs = {clash.key for clash in told.clashes if clash.theirs is not None and clash.mine is not None}
        said = {key: text for key, text in edit.changes.text.items() if text and key not in theirs}
        self.acknowledged += [*said.values(), *edit.declined.values()]
        sent = {piece.key: piece.text for piece in wanted}
        local = {piece.key: clean(piece.text) for piece in self.local if piece.text.strip()}
        mine: dict[str, str | None] = {}
        self.was = {}
        for key, text in told.changes.text.items():
            if key in theirs or key in self.clashes:
                self.clashes[key] = text or ""
                if text is None:
                    del self.clashes[key]
            elif local.get(key) == sent.get(key):
                mine[key] = text
            elif text is not None and key in sent:
                self.was[key] = sent[key]
        places = {key: before for key, before in told.changes.after.items() if key in local or mine.get(key)}
        self.local = Changes(mine, places).applied(self.local)
        self.server = told.changes.applied(wanted)
        self.version = told.version

    # --- what a person does ---

    def write(self, place: int, text: str) -> None:
        each = self.local[place]
        self.local[place] = Piece(each.key, text)

    def add(self, place: int, text: str) -> None:
        self.local.insert(place, Piece(str(uuid.uuid4()), text))

    def choose(self, key: str, choice: str) -> None:
        place = next((n for n, each in enumerate(self.local) if each.key == key), None)
        theirs = self.clashes.pop(key)
        if place is None or choice == "mine":
            return
        mine = self.local[place].text
        self.local[place] = Piece(key, theirs)
        if choice == "both":
            self.add(place + 1, mine)
        else:
            self.declined[key] = mine
