"""The form of a whole section: every question that the person may write in, and one Save.

Fields of an answer with id 12: ``a12_version`` (what the page started from), ``a12_p_KEY`` (one a
paragraph, in their order; or ``a12_box``, all of them with blank lines between), ``a12_disposition``
and its particulars, and ``a12-…`` as the kind's ``from_post`` reads them. A file comes with the
entry of the list that it stands in, as ``a12-KEY-file``.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.core.files.base import File
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import files
from accounts.exceptions import Refused
from reporting.questionnaires.choices import Disposition
from reporting.questionnaires.kinds import KINDS
from reporting.questionnaires.kinds.lists import Files
from reporting.questionnaires.kinds.posted import field_of, left
from reporting.reports import freeze
from reporting.reports.forms.fields import field, fields_of
from reporting.reports.models import Answer, Attachment, Paragraph
from reporting.reports.services.answer import AnswerEdit
from reporting.reports.services.attachment import already_here, same_file
from reporting.reports.services.typed import MAX_PARAGRAPH
from reporting.reports.services.versions import State, states_at
from reporting.text import boxes
from reporting.text.pieces import Piece

HandedIn = Mapping[str, files.Received | Refused]  # by the name of the field
SameFile = Callable[[Answer, str], Attachment | None]  # the file of an answer with a SHA-256

PARTICULARS = ("disposition_reason", "disposition_expected", "target_document", "target_paragraph")


class QuestionForm:
    """One question: what is shown in its fields, what was typed, and the edit that it asks for."""

    def __init__(
        self,
        answer: Answer,
        paragraphs: Sequence[Paragraph],
        *,
        last_year: int,
        data: Mapping[str, str] | None = None,
        handed_in: HandedIn | None = None,
        bases: Mapping[int, State] | None = None,
        same: SameFile = same_file,
        box: bool = False,
        text_only: bool = False,
    ) -> None:
        self.answer, self.stored = answer, list(paragraphs)
        self.prefix = f"a{answer.pk}"
        self.kind = KINDS[answer.question.kind]
        self.years = freeze.years_of(answer.question, last_year)
        self.data = data if data is not None and f"{self.prefix}_version" in data else None
        self.box, self.text_only = box, text_only
        self.errors: dict[str, str] = {}
        self.handed_in = handed_in or {}
        self.bases, self.same = bases, same
        self.uploads: dict[str, files.Received] = {}  # by key of the entry
        self.pieces = [Piece(str(row.key), row.text) for row in self.stored]
        self.content: Mapping[str, Any] = answer.content
        self.disposition = {name: getattr(answer, name) for name in ("disposition", *PARTICULARS)}
        self.target_code = answer.target_question.code if answer.target_question else ""
        self._cleaned: dict[str, Any] = dict(answer.content)
        if self.data is not None:
            self._read(self.data)

    # --- reading what was typed ---

    def _read(self, data: Mapping[str, str]) -> None:
        if self.kind.has_text:
            self.pieces = self._read_pieces(data)
            for piece in self.pieces:
                if len(piece.text) > MAX_PARAGRAPH:
                    self.errors[f"p/{piece.key}"] = _("Split this paragraph in two: it is longer than can be kept.")
        if self.text_only:
            return
        self.content = self.kind.from_post(data, self.prefix)
        given = self._with_files(self.content) if isinstance(self.kind, Files) else self.content
        self._cleaned, found = self.kind.clean(given, self.answer.question.definition, self.years)
        for each in left(self._cleaned, self.answer.content, given, found):
            # Of an entry whose file was refused that reason is enough.
            if f"{each.path.rpartition('/')[0]}/file" not in self.errors:
                self.errors[each.path] = each.sentence
        if f"{self.prefix}_disposition" in data:
            for name in self.disposition:
                self.disposition[name] = data.get(f"{self.prefix}_{name}", "").strip()
            self.target_code = data.get(f"{self.prefix}_target_question", "").strip().upper()
            self._check_disposition()

    def _with_files(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """The content with a place for each file that was chosen: the number it gets is known once it is kept."""
        entries = []
        for entry in content.get("files", []):
            received = self.handed_in.get(f"{self.prefix}-{entry['key']}-file")
            if received is not None and self._keep(received, entry["key"]):
                entry = {**entry, "title": entry.get("title") or self.uploads[entry["key"]].name, "attachment": "0"}
            entries.append(entry)
        return {"files": entries}

    def _keep(self, received: files.Received | Refused, key: str) -> bool:
        """Keep the file for the save, or say at its field why it cannot be kept."""
        if isinstance(received, Refused):
            self.errors[f"files/{key}/file"] = received.reason
            return False
        same = self.same(self.answer, received.sha256)
        if same is not None:
            self.errors[f"files/{key}/file"] = already_here(same)
            return False
        self.uploads[key] = received
        return True

    def _read_pieces(self, data: Mapping[str, str]) -> list[Piece]:
        box = data.get(f"{self.prefix}_box")
        if box is not None:
            self.box = True
            return boxes.split(box, self._base_pieces(), lambda: str(uuid.uuid4()))
        start = f"{self.prefix}_p_"
        return [Piece(name[len(start) :], text) for name, text in data.items() if name.startswith(start)]

    def _base_pieces(self) -> list[Piece]:
        """The paragraphs as the box showed them: those of the version that it started from."""
        version = self.base_version
        bases = states_at({self.answer.pk: version or 0}) if self.bases is None else self.bases
        return bases[self.answer.pk].pieces

    @property
    def base_version(self) -> int | None:
        """The version that the page was opened on; None where the page did not say."""
        if self.data is None:
            return self.answer.version
        text = self.data.get(f"{self.prefix}_version", "")
        return int(text) if text.isdecimal() and len(text) < 10 else None

    def _check_disposition(self) -> None:
        chosen = self.disposition["disposition"]
        if chosen not in {"", *Disposition.values}:
            self.errors["disposition"] = _("Choose one of the ways to answer otherwise.")
        if chosen in {Disposition.NO_CHANGE, Disposition.SEE_CORE}:
            if not self.disposition["target_document"] and self.answer.target_submission_id is None:
                self.errors["target_document"] = _("Name the document: its symbol, or its title and date.")
            if not self.disposition["target_paragraph"]:
                self.errors["target_paragraph"] = _("Give the number of the paragraph.")
        if chosen == Disposition.SEE_QUESTION and not self.target_code:
            self.errors["target_question"] = _("Give the code of the question, such as F2-Q1.")
        if chosen in {Disposition.NO_DATA, Disposition.NOT_APPLICABLE} and not self.disposition["disposition_reason"]:
            self.errors["disposition_reason"] = _("Give the reason.")
        for name, most in (("disposition_expected", 120), ("target_document", 200), ("target_paragraph", 20)):
            if len(self.disposition[name]) > most:
                self.errors[name] = _("Shorten this to %(most)d characters.") % {"most": most}

    # --- what is to be saved ---

    def edit(self, targets: Mapping[str, int]) -> AnswerEdit | None:
        """The edit that was typed, or None where nothing was. ``targets`` are ids of questions by code."""
        if self.data is None:
            return None
        same_base = self.base_version == self.answer.version
        paragraphs = self.pieces if self.kind.has_text else None
        if self.text_only:
            unchanged = same_base and self._same_text()
            return None if unchanged else AnswerEdit(self.answer.pk, self.base_version, paragraphs=paragraphs)
        disposition = self._disposition_edit(targets)
        unchanged = same_base and self._same_text() and self._cleaned == self.answer.content and disposition is None
        if unchanged:
            return None
        return AnswerEdit(
            self.answer.pk,
            self.base_version,
            paragraphs=paragraphs,
            content=self._cleaned if self.kind.name != "narrative" else None,
            disposition=disposition,
            uploads=self.uploads or None,
        )

    def _same_text(self) -> bool:
        if not self.kind.has_text:
            return True
        old = [(str(row.key), row.text) for row in self.stored]
        return [(each.key, _lines(each.text)) for each in self.pieces if each.text.strip()] == old

    def _disposition_edit(self, targets: Mapping[str, int]) -> dict[str, Any] | None:
        """Every particular of the way chosen; None where it is as stored."""
        if self.data is None or f"{self.prefix}_disposition" not in self.data:
            return None
        chosen = self.disposition["disposition"]
        named = self.disposition["target_document"]
        result: dict[str, Any] = {"disposition": chosen}
        if chosen in {Disposition.NO_CHANGE, Disposition.SEE_CORE}:
            result |= {"target_document": named, "target_paragraph": self.disposition["target_paragraph"]}
            result["target_submission_id"] = None if named else self.answer.target_submission_id
        elif chosen == Disposition.SEE_QUESTION:
            result["target_question_id"] = targets.get(self.target_code)
        elif chosen:
            result["disposition_reason"] = self.disposition["disposition_reason"]
            result["disposition_expected"] = self.disposition["disposition_expected"]
        blank = dict.fromkeys(("disposition", *PARTICULARS), "")
        names = {**blank, "target_submission_id": None, "target_question_id": None}
        wanted = {**names, **result}
        stored = {name: getattr(self.answer, name) for name in names}
        return None if wanted == stored else wanted

    # --- what is shown ---

    @property
    def fields(self) -> dict[str, Any]:
        definition = freeze.localized(self.answer.question, get_language() or "en")
        errors = {**self._to_choose_again(), **self.errors}
        waiting = {
            key: {"key": each.pieces.key, "name": each.name} for key, each in self.uploads.items() if each.pieces
        }
        return fields_of(self.kind.name, self.content, errors, self.prefix, definition, self.years, waiting)

    def _to_choose_again(self) -> dict[str, str]:
        """A page cannot hand a file back: where nothing was saved, it is chosen once more, unless it came before."""
        return {
            f"files/{key}/file": _("Choose “%(name)s” again: nothing was saved, so the file was not kept either.")
            % {"name": each.name}
            for key, each in self.uploads.items()
            if each.pieces is None
        }

    @property
    def disposition_fields(self) -> dict[str, Any]:
        """{"disposition", "options", "lines"}: the choice, and the particulars that it may ask for, two lines."""
        values = {**self.disposition, "target_question": self.target_code}
        labels = {
            "target_document": _("Document: its symbol, or title and date"),
            "target_paragraph": _("Paragraph"),
            "target_question": _("Question that answers it, such as F2-Q1"),
            "disposition_reason": _("Reason"),
            "disposition_expected": _("Data expected when"),
        }
        lines = [
            field(f"{self.prefix}_{name}", values[name], self.errors.get(name, ""), label)
            for name, label in labels.items()
        ]
        return {
            "disposition": field(
                f"{self.prefix}_disposition", values["disposition"], self.errors.get("disposition", "")
            ),
            "options": _options(values["disposition"]),
            "lines": [lines[:3], lines[3:]],
        }

    def paragraph_rows(self, first_number: int | None) -> list[dict[str, Any]]:
        """A labelled box for each paragraph, and an empty one; numbered as in the assembled report, if printed."""
        rows = []
        stored = {str(row.key): row for row in self.stored}
        shown = [each for each in self.pieces if each.text.strip() or each.key in stored]
        for place, piece in enumerate([*shown, Piece(str(uuid.uuid4()), "")]):
            name = f"{self.prefix}_p_{piece.key}"
            is_new = place == len(shown)
            number = None if first_number is None else first_number + place
            row = stored.get(piece.key)
            rows.append(
                {
                    **field(name, piece.text, self.errors.get(f"p/{piece.key}", ""), _label(number, place + 1, is_new)),
                    "key": piece.key,
                    "number": "" if is_new or number is None else number,
                    "is_new": is_new,
                    "is_editorial": bool(row and row.is_editorial),
                    "origin": str(row.origin or "") if row else "",
                }
            )
        return rows

    @property
    def box_field(self) -> dict[str, Any]:
        label = _("The whole answer, a blank line between paragraphs")
        return field(f"{self.prefix}_box", boxes.join(self.pieces), "", label)

    def error_list(self) -> list[tuple[str, str]]:
        """Sentences with the anchor of the field that each belongs to."""
        return [
            (f"{self.answer.question.number}. {sentence}", f"#{self._anchor(path)}")
            for path, sentence in self.errors.items()
        ]

    def _anchor(self, path: str) -> str:
        """The id of the field at a path of the content; of the question where the field is not on the page."""
        if path.startswith("p/"):
            return f"id_{self.prefix}_p_{path[2:]}"
        if path in {*self.disposition, "target_question"}:
            return f"id_{self.prefix}_{path}"
        return f"id_{self.prefix}-{field_of(path).replace('/', '-')}"


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _options(chosen: str) -> SafeString:
    """The ways to answer, one of them chosen; not by the template, since every question of a page shows them."""
    options = [("", _("It is answered here")), *Disposition.choices]
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((code, mark_safe(" selected" if code == chosen else ""), label) for code, label in options),  # noqa: S308
    )


def _label(number: int | None, place: int, is_new: bool) -> str:
    if is_new:
        return _("New paragraph")
    if number is None:
        return _("Paragraph %(place)s of this answer") % {"place": place}
    return _("Paragraph %(number)s") % {"number": number}


def question_forms(
    answers: Iterable[Answer],
    paragraphs: Mapping[int, Sequence[Paragraph]],
    *,
    last_year: int,
    data: Mapping[str, str] | None = None,
    handed_in: HandedIn | None = None,
    same: SameFile = same_file,
    boxed: bool = False,
    text_only: bool = False,
) -> dict[int, QuestionForm]:
    """The forms of these answers by id."""
    answers = list(answers)
    bases = _bases_of_boxes(answers, data) if data is not None else {}
    return {
        answer.pk: QuestionForm(
            answer,
            paragraphs.get(answer.pk, []),
            last_year=last_year,
            data=data,
            handed_in=handed_in,
            bases=bases,
            same=same,
            box=boxed,
            text_only=text_only,
        )
        for answer in answers
    }


def _bases_of_boxes(answers: Sequence[Answer], data: Mapping[str, str]) -> dict[int, State]:
    """What the answers were that came back in one box each, by the version that each names: one statement."""
    numbers = {answer.pk: data.get(f"a{answer.pk}_version", "") for answer in answers if f"a{answer.pk}_box" in data}
    return states_at({pk: int(text) if text.isdecimal() and len(text) < 10 else 0 for pk, text in numbers.items()})


def received(handed_in: Mapping[str, File]) -> HandedIn:
    """The files of a form, looked at: what each is, or why it cannot be kept. Before any row is locked."""
    found: dict[str, files.Received | Refused] = {}
    for name, file in handed_in.items():
        try:
            found[name] = files.receive(file)
        except Refused as refused:
            found[name] = refused
    return found
