"""Loads the catalogue: every file is checked before any row is written, and a second load writes nothing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts import history
from reporting.instruments.exceptions import CatalogueInvalid, Fault
from reporting.instruments.models import Instrument, Mechanism, Provision
from reporting.instruments.services.load import write_reference
from reporting.instruments.services.reference import FILES, Reference, check_reference
from reporting.instruments.services.source import Faults, read
from reporting.instruments.services.writing import bring_up_to_date
from reporting.questionnaires.choices import QuestionnaireStatus
from reporting.questionnaires.exceptions import QuestionnaireInvalid
from reporting.questionnaires.models import Part, Question, Questionnaire, Section
from reporting.questionnaires.services.editions import Edition, Vocabulary, check_edition, check_vocabulary
from reporting.questionnaires.services.wordings import Wordings, check_wordings, fields_of
from reporting.questionnaires.vocabulary import CATALOGUE

OWN_FOLDERS = (Path(settings.BASE_DIR) / "reporting" / "instruments" / "catalogue", CATALOGUE)
_NAMED = {*FILES, "vocabulary.yaml"}


@dataclass(frozen=True)
class Loaded:
    """What a load found and did: numbers of instruments, themes, questionnaires, questions; and of rows changed."""

    instruments: int
    themes: int
    questionnaires: int
    questions: int
    changes: int


def load_catalogue(folder: Path | None = None) -> Loaded:
    """Load the product's own catalogue, or that of ``folder`` with the product's own files where it has none.

    A folder holds files of the names of FILES, vocabulary.yaml, one file per questionnaire, and translations/LANGUAGE/.
    Raises CatalogueInvalid, or QuestionnaireInvalid where only questionnaires are at fault; nothing is written then.
    """
    folders = OWN_FOLDERS if folder is None else (folder,)
    files, edition_files = _find(folders)
    reference, vocabulary, faults = _check_files(files)
    _raise(faults, CatalogueInvalid)
    editions, faults = _check_editions(edition_files, reference, vocabulary)
    words, word_faults = check_wordings(
        [
            found / "translations"
            for found in [*folders, *settings.LANGUAGE_FOLDERS]
            if (found / "translations").is_dir()
        ],
        reference,
        {edition.values["code"]: edition for edition in editions},
    )
    _raise([*faults, *word_faults], QuestionnaireInvalid)
    with transaction.atomic():
        changes = _write(reference, editions, words)
        if changes:
            history.record("catalogue.load", by=None, chain=history.INSTALLATION, rows=changes)
    return Loaded(
        instruments=len(reference.instruments),
        themes=len(reference.themes),
        questionnaires=len(editions),
        questions=sum(len(edition.questions) for edition in editions),
        changes=changes,
    )


def _raise(all_faults: Sequence[Faults], error: type[CatalogueInvalid]) -> None:
    found: list[Fault] = [fault for faults in all_faults for fault in faults]
    if found:
        raise error(found)


def _find(folders: Sequence[Path]) -> tuple[dict[str, Path], list[Path]]:
    """The reference files by name, and the files of editions."""
    own = {name: folder / name for folder in OWN_FOLDERS for name in _NAMED if (folder / name).is_file()}
    editions = []
    for folder in folders:
        if not folder.is_dir():
            raise CatalogueInvalid([Fault(str(folder), 1, "There is no such folder.")])
        for path in sorted(folder.glob("*.yaml")):
            if path.name in _NAMED:
                own[path.name] = path
            else:
                editions.append(path)
    return own, editions


def _check_files(files: Mapping[str, Path]) -> tuple[Reference, Vocabulary, list[Faults]]:
    faults = Faults(str(files["vocabulary.yaml"]))
    content = read(files["vocabulary.yaml"], faults)
    if content is None:
        raise CatalogueInvalid(list(faults))
    vocabulary = check_vocabulary(content, faults)
    reference, reference_faults = check_reference(files, vocabulary.mechanisms)
    return reference, vocabulary, [faults, *reference_faults]


def _check_editions(
    paths: Sequence[Path], reference: Reference, vocabulary: Vocabulary
) -> tuple[list[Edition], list[Faults]]:
    editions, all_faults = [], []
    taken: dict[str, tuple[str, str, int]] = {}  # code of a section or question: questionnaire, file, line
    published = _published()
    for path in paths:
        faults = Faults(str(path))
        all_faults.append(faults)
        content = read(path, faults)
        if content is None:
            continue
        edition = check_edition(content, stem=path.stem, reference=reference, vocabulary=vocabulary, faults=faults)
        if edition is None:
            continue
        editions.append(edition)
        for code, line in edition.lines.items():
            if code in taken:
                faults.add(
                    line, f"The code “{code}” stands in {Path(taken[code][1]).name}, line {taken[code][2]}, too."
                )
            taken.setdefault(code, (edition.values["code"], str(path), line))
        if published.get(edition.values["code"], edition.sha256) != edition.sha256:
            reason = f"The edition “{path.stem}” was published with other content. Give the new one its own code."
            faults.at(content, "code", reason)
    _refuse_taken(taken, all_faults)
    return editions, all_faults


def _published() -> dict[str, str]:
    rows = Questionnaire.objects.exclude(status=QuestionnaireStatus.DRAFT)
    return dict(rows.values_list("code", "content_sha256"))


def _refuse_taken(taken: Mapping[str, tuple[str, str, int]], all_faults: Sequence[Faults]) -> None:
    """Codes that other editions, loaded before from elsewhere, have already."""
    by_file = {faults.file: faults for faults in all_faults}
    stored = [
        *Section.objects.values_list("code", "questionnaire__code"),
        *Question.objects.values_list("code", "section__questionnaire__code"),
    ]
    for code, questionnaire in stored:
        if code in taken and taken[code][0] != questionnaire:
            _edition, file, line = taken[code]
            by_file[file].add(line, f"The code “{code}” belongs to the edition “{questionnaire}”.")


# --- writing ---------------------------------------------------------------------------------------


def _write(reference: Reference, editions: Sequence[Edition], words: Mapping[str, Wordings]) -> int:
    for edition in editions:
        for section in edition.sections:
            for lead in section["leads"]:
                reference.add_paragraph(str(edition.instrument), lead)
    instruments, provisions, changes = write_reference(
        reference,
        mechanism_words=fields_of(words, "mechanisms"),
        instrument_words=fields_of(words, "instruments"),
        theme_words=fields_of(words, "themes"),
    )
    changes += _editions(editions, instruments, provisions)
    return changes + _translations(words)


def _editions(
    editions: Sequence[Edition],
    instruments: Mapping[str, Instrument],
    provisions: Mapping[tuple[str, str, str], Provision],
) -> int:
    stored = {row.code: row for row in Questionnaire.objects.filter(state_party__isnull=True)}
    mechanisms = list(Mechanism.objects.all())
    changes = 0
    for edition in editions:
        row = stored.get(edition.values["code"])
        mechanism = _mechanism(edition, instruments, mechanisms)
        if row is not None and row.content_sha256 == edition.sha256:
            if row.status != edition.values["status"]:
                row.status = edition.values["status"]
                row.save(update_fields=["status"])
                changes += 1
            continue
        if row is not None:  # a draft, replaced as a whole
            row.parts.all().delete()
        changes += _write_edition(edition, row, mechanism, instruments, provisions)
    return changes


def _mechanism(edition: Edition, instruments: Mapping[str, Instrument], mechanisms: Sequence[Mechanism]) -> Mechanism:
    """The mechanism of the instrument when it is of the family that the file names, else the one of that family."""
    own = instruments[edition.instrument].mechanism_id if edition.instrument else None
    of_family = [row for row in mechanisms if row.family == edition.family]
    return next((row for row in of_family if row.pk == own), of_family[0])


def _write_edition(
    edition: Edition,
    row: Questionnaire | None,
    mechanism: Mechanism,
    instruments: Mapping[str, Instrument],
    provisions: Mapping[tuple[str, str, str], Provision],
) -> int:
    row = row or Questionnaire()
    values: dict[str, Any] = {**edition.values, "content_sha256": edition.sha256, "mechanism": mechanism}
    values["instrument"] = instruments[edition.instrument] if edition.instrument else None
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    parts = {values["code"]: Part(questionnaire=row, **values) for values in edition.parts}
    Part.objects.bulk_create(parts.values())
    sections = {
        values["code"]: Section(
            questionnaire=row,
            part=parts[values["part"]],
            **{name: value for name, value in values.items() if name not in ("part", "leads")},
        )
        for values in edition.sections
    }
    Section.objects.bulk_create(sections.values())
    through = Section.provisions.through
    through._default_manager.bulk_create(
        through(section_id=sections[values["code"]].pk, provision_id=provisions[edition.instrument, *lead].pk)
        for values in edition.sections
        for lead in values["leads"]
    )
    Question.objects.bulk_create(
        Question(section=sections[values["section"]], **{n: v for n, v in values.items() if n != "section"})
        for values in edition.questions
    )
    return 1 + len(parts) + len(sections) + len(edition.questions)


def _translations(words: Mapping[str, Wordings]) -> int:
    """Put the words beside the editions; published wording stays as it is."""
    common = {"questionnaire__state_party__isnull": True}
    return (
        _put(
            Questionnaire,
            fields_of(words, "questionnaires"),
            Questionnaire.objects.filter(state_party__isnull=True),
            key=lambda row: row.code,
        )
        + _put(
            Part,
            fields_of(words, "parts"),
            Part.objects.filter(**common).select_related("questionnaire"),
            key=lambda row: (row.questionnaire.code, row.code),
        )
        + _put(Section, fields_of(words, "sections"), Section.objects.filter(**common), key=lambda row: row.code)
        + _put(
            Question,
            fields_of(words, "questions"),
            Question.objects.filter(section__questionnaire__state_party__isnull=True),
            key=lambda row: row.code,
        )
    )


def _put(model: Any, words: Mapping[str, Mapping[Any, Any]], rows: Any, *, key: Any) -> int:
    by_row: dict[Any, dict[str, Any]] = defaultdict(dict)
    for language, by_code in words.items():
        for code, said in by_code.items():
            by_row[code][language] = said
    stored = [row for row in rows if key(row) in by_row]
    wanted = {key(row): {"translations": {**row.translations, **by_row[key(row)]}} for row in stored}
    return bring_up_to_date(model, wanted, stored, key=key)[1]
