"""The content of a report as plain data with a schema number: what a submission keeps and exports read.

Pure: it looks at objects and writes nothing. Everything the submission form prints in words of
its own (headings, cross-references) is made here, in the report's language, so that the counter
of words, the page and every format say the same.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import translation
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.questionnaires.choices import DIMENSIONS, Disposition
from reporting.questionnaires.kinds import KINDS
from reporting.questionnaires.kinds.layout import translated_definition, years_until
from reporting.questionnaires.models import Question, Section
from reporting.reports.freeze_files import annexes_of, describe_files, files_of
from reporting.reports.freeze_tables import caption_of, printed_table, said_day, sentence, table_words
from reporting.reports.freeze_translations import languages_of, load, said, title_said, uses_translations
from reporting.reports.models import Answer, Paragraph, Report, ReportSection, Submission
from reporting.text import words

# 2: "languages", and with them the "working" text of a report that is submitted in another language than it was written
# in; a paragraph without a translation is "untranslated". What was frozen under 1 has one text and none of these.
SCHEMA = 2


def content(
    report: Report,
    *,
    language: str | None = None,
    answer_ids: set[int] | None = None,
    sections: Iterable[ReportSection] | None = None,
) -> dict[str, Any]:
    """The report as plain data: {"schema", "report", "parts", "sections", "annexes"}.

    ``answer_ids`` leaves out every answer that is not named, ``sections`` every section; a reader's
    export passes what that reader may see. What is left out keeps its paragraph and table numbers, so that
    a part is cited as the whole is. Five statements, six for a part, one more for
    translations, however long the report.
    """
    chosen = language or report.cycle.submission_language
    wanted = None if sections is None else {section.pk for section in sections}
    with translation.override(chosen):
        whole = _sections(report)
        rows = [row for row in whole if wanted is None or row.pk in wanted]
        answers = _answers(report, [row.pk for row in rows])
        if uses_translations(report, chosen):
            load(report, [pair[0] for pairs in answers.values() for pair in pairs])
        frozen: list[dict[str, Any]] = []
        by_answer: dict[int, dict[str, Any]] = {}
        for row in rows:
            mine = [pair for pair in answers.get(row.pk, []) if answer_ids is None or pair[0].pk in answer_ids]
            frozen.append(section_content(row, mine, report, chosen))
            by_answer |= {pair[0].pk: each for pair, each in zip(mine, frozen[-1]["answers"], strict=True)}
        _number(report, whole, answers, by_answer)
        files = files_of(report)
        describe_files(frozen, files)
        titles = title_said(report, files, chosen)
        return {
            "schema": SCHEMA,
            "languages": languages_of(report.cycle),
            "report": _report(report, chosen),
            "parts": _parts(rows, chosen),
            "sections": frozen,
            "annexes": annexes_of(files, wanted, answer_ids, titles),
        }


def both(report: Report) -> dict[str, Any]:
    """The report as it is endorsed: in the language of the submission, with the working text beside it where there are
    two, and which of them prevails."""
    cycle = report.cycle
    frozen = content(report)
    if cycle.is_translated:
        frozen["working"] = content(report, language=cycle.working_language)
    return frozen


def canonical(data: dict[str, Any]) -> bytes:
    """The one spelling of the data over which its SHA-256 is taken."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest(data: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(data)).hexdigest()


def total_words(data: dict[str, Any]) -> int:
    """Words of the submission form: the title, the part headings, and the sections with their headings."""
    title = words.count(data["report"]["title"])
    parts = sum(words.count(part["title"]) for part in printed_parts(data))
    return title + parts + sum(section["words"] for section in data["sections"])


def printed_parts(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts under which something is printed."""
    used = {section["part"] for section in data["sections"] if is_printed(section)}
    return [part for part in data["parts"] if part["code"] in used]


def is_printed(section: dict[str, Any]) -> bool:
    """Whether the submission form has anything of a section: a heading alone is not printed."""
    return any(answer["paragraph_count"] or _has_text_block(answer) for answer in section["answers"])


def _has_text_block(answer: dict[str, Any]) -> bool:
    return bool(answer["is_exported"] and any(block.get("place") == "text" for block in answer["blocks"]))


# --- one section, one answer -------------------------------------------------------------


def section_content(
    row: ReportSection, answers: Sequence[tuple[Answer, list[Paragraph]]], report: Report, language: str
) -> dict[str, Any]:
    frozen = [answer_content(answer, paragraphs, report, language) for answer, paragraphs in answers]
    result = {
        "code": row.section.code,
        "short_code": row.code,
        "part": row.section.part.code,
        "title": row.section.wording("title", language)[0],
        "heading": heading(row.section, language),
        "articles": list(row.section.articles),
        "status": row.status,
        "status_label": str(row.get_status_display()),
        "lead": str(row.lead or ""),
        "contributors": [str(each.body) for each in row.contributions.all() if each.status != "withdrawn"],
        "due_on": row.due_on.isoformat() if row.due_on else "",
        "allotment": row.allotment,
        "is_set_aside": row.is_set_aside,
        "answers": frozen,
        "paragraphs": sum(answer["paragraph_count"] for answer in frozen),
    }
    printed = is_printed(result)
    result["words"] = (words.count(result["heading"]) if printed else 0) + sum(answer["words"] for answer in frozen)
    return result


def answer_content(answer: Answer, paragraphs: Sequence[Paragraph], report: Report, language: str) -> dict[str, Any]:
    """One answer as plain data, with the words and the numbered paragraphs that the submission form prints of it."""
    question = answer.question
    kind = KINDS[question.kind]
    years = years_of(question, report.last_year)
    is_out = bool(answer.disposition)
    here = said(answer, paragraphs, report, language)
    prints = cross_reference(answer, here.target_document)
    texts = [] if is_out else [each for each in here.paragraphs if each.text.strip()]
    definition = localized(question, language)
    asked_text = question.wording("text", language)[0]
    blocks = [] if is_out else [_block(each, asked_text) for each in kind.blocks(here.content, definition, years)]
    exported = answer.asked and (question.is_exported or bool(texts))
    counted = 0
    if exported and prints:
        counted = words.count(prints)
    elif exported:
        counted = sum(each.words for each in texts)  # as the save counted them
        counted += sum(table_words(each) for each in blocks if each.get("place") == "text")
    return {
        "code": question.code,
        "number": question.number,
        "kind": question.kind,
        "question": asked_text,
        "is_required": answer.is_required,
        "is_exported": exported,
        "asked": answer.asked,
        "is_answered": answer.is_answered,
        "disposition": _disposition(answer, prints) if is_out else None,
        "choice": _choice_label(answer),
        "paragraphs": [
            {"key": str(each.key), "text": each.text, "origin": str(each.origin or ""), "words": each.words}
            | ({"untranslated": True} if getattr(each, "untranslated", False) else {})
            for each in texts
        ],
        "blocks": blocks,
        "words": counted,
        "paragraph_count": (1 if prints else len(texts)) if exported else 0,
        "missing": missing(answer, report.last_year),
        **({"untranslated": here.untranslated} if here.untranslated and exported else {}),
    }


def missing(answer: Answer, last_year: int) -> int:
    """How many cells of a table are empty; 0 for what is no table, and for what is not answered here."""
    if answer.disposition:
        return 0
    question = answer.question
    return KINDS[question.kind].missing(answer.content, question.definition, years_of(question, last_year))


def _block(block: dict[str, Any], question: str) -> dict[str, Any]:
    """A block of the kind with every word that is printed around its values."""
    if block["type"] != "table":
        return block
    return printed_table(block, caption_of(question, str(_dimension(block["dimension"]))))


def _dimension(code: str) -> str:
    return str(DIMENSIONS.get(code, code.replace("_", " ")))


def years_of(question: Question, last_year: int) -> list[int]:
    """The year columns of a table, fixed when the report was started; the last one is the last full year."""
    return years_until(question.definition, last_year)


def localized(question: Question, language: str) -> dict[str, Any]:
    """The definition of a question with its translated measures and rows, where there are some."""
    translated = question.translations.get(language, {})
    return translated_definition(question.definition, translated) if translated else question.definition


def heading(section: Section, language: str) -> str:
    """The treaty's heading, "Articles 16, 17 and 24: Liberty and security"; general sections have their title."""
    title = section.wording("title", language)[0]
    articles = [str(each) for each in section.articles]
    if section.part.is_general or not articles or not all(each[0].isdigit() for each in articles):
        return title
    listed = get_text_list(articles, _("and"))
    name = ngettext("Article %(articles)s", "Articles %(articles)s", len(articles)) % {"articles": listed}
    return _("%(articles)s: %(title)s") % {"articles": name, "title": title}


def heading_in(section: Section, language: str) -> str:
    """The heading in ``language``, whatever the language of the page."""
    with translation.override(language):
        return heading(section, language)


def load_targets(answers: Iterable[Answer]) -> None:
    """Read what the answers refer to: a statement for each kind of target, none where there is no such answer."""
    answers = list(answers)
    submissions = {each.target_submission_id for each in answers} - {None}
    questions = {each.target_question_id for each in answers} - {None}
    rows = Submission.objects.select_related("report__cycle__instrument", "report__cycle__mechanism")
    rows = rows.select_related("report__state_party").defer("content")
    sent = rows.in_bulk(submissions) if submissions else {}
    asked = Question.objects.select_related("section__part").in_bulk(questions) if questions else {}
    for each in answers:
        if each.target_submission_id in sent:
            each.target_submission = sent[each.target_submission_id]
        if each.target_question_id in asked:
            each.target_question = asked[each.target_question_id]


def cross_reference(answer: Answer, document: str | None = None) -> str:
    """What the submission form prints in place of an answer; "" for the dispositions that print nothing."""
    target = answer.target_document if document is None else document
    if answer.target_submission is not None:
        target = answer.target_submission.report.title_here
    match answer.disposition:
        case Disposition.NO_CHANGE:
            return _("There has been no change since paragraph %(paragraph)s of the last report (%(target)s).") % {
                "paragraph": answer.target_paragraph,
                "target": target,
            }
        case Disposition.SEE_CORE:
            return _("Reference is made to paragraph %(paragraph)s of the common core document (%(target)s).") % {
                "paragraph": answer.target_paragraph,
                "target": target,
            }
        case Disposition.SEE_QUESTION if answer.target_question is not None:
            section = answer.target_question.section
            return _("This is answered under “%(heading)s”.") % {
                "heading": heading(section, translation.get_language())
            }
    return ""


def _disposition(answer: Answer, prints: str) -> dict[str, str]:
    label = str(answer.get_disposition_display())
    said = [label, answer.disposition_reason.strip()]
    if answer.disposition_expected.strip():
        said.append(_("Expected: %(when)s") % {"when": said_day(answer.disposition_expected.strip())})
    return {
        "code": answer.disposition,
        "label": label,
        "sentence": prints or " ".join(sentence(part) for part in said if part),
        "prints": prints,
    }


def _choice_label(answer: Answer) -> str:
    labels = {"yes": _("Yes"), "partly": _("Partly"), "no": _("No")}
    return labels.get(answer.content.get("choice", ""), "")


# --- what is around them -----------------------------------------------------------------


def _sections(report: Report) -> list[ReportSection]:
    rows = report.sections.select_related("section__part", "lead").prefetch_related("contributions__body")
    return list(rows.order_by("position"))


def _answers(report: Report, section_ids: list[int]) -> dict[int, list[tuple[Answer, list[Paragraph]]]]:
    rows = report.answers.filter(section__in=section_ids).select_related(
        "question__section__part",
        "target_submission__report__cycle__instrument",
        "target_submission__report__state_party",
        "target_question__section__part",
    )
    found: dict[int, list[tuple[Answer, list[Paragraph]]]] = {}
    for answer in rows.prefetch_related("paragraphs__origin").order_by("question__position"):
        found.setdefault(answer.section_id, []).append((answer, list(answer.paragraphs.all())))
    return found


def _number(
    report: Report,
    whole: Sequence[ReportSection],
    answers: dict[int, list[tuple[Answer, list[Paragraph]]]],
    frozen: dict[int, dict[str, Any]],
) -> None:
    """Say of each frozen answer which numbers its first paragraph and its first table have in the whole report.

    Of what is not frozen the counters are read, and the tables; nothing else.
    """
    outside = [row.pk for row in whole if row.pk not in answers]
    elsewhere: dict[int, int] = {}
    if outside:
        rows = report.answers.filter(section__in=outside, question__kind="table", asked=True)
        for answer in rows.select_related("question"):
            elsewhere[answer.section_id] = elsewhere.get(answer.section_id, 0) + _tables_of(answer, report)
    paragraph, table = 1, 1
    for row in whole:
        if row.pk not in answers:
            paragraph, table = paragraph + row.paragraphs, table + elsewhere.get(row.pk, 0)
        for answer, _texts in answers.get(row.pk, []):
            made = frozen.get(answer.pk, {})
            if made:
                made |= {"first_paragraph": paragraph, "first_table": table}
            paragraph += made.get("paragraph_count", answer.paragraph_count)
            table += _tables_of(answer, report)


def _tables_of(answer: Answer, report: Report) -> int:
    """How many numbered tables an answer prints, in the text or in the annex."""
    question = answer.question
    if question.kind != "table" or answer.disposition or not (answer.asked and question.is_exported):
        return 0
    return len(KINDS["table"].blocks(answer.content, question.definition, years_of(question, report.last_year)))


def _report(report: Report, language: str) -> dict[str, Any]:
    cycle, instrument, mechanism = report.cycle, report.cycle.instrument, report.cycle.mechanism
    return {
        "title": report.title_here,
        "kind": report.kind,
        "kind_label": str(report.get_kind_display()),
        "slug": report.slug,
        "state": {
            "code": report.state_party.code,
            "name": report.state_party.name,
            "full_name": report.state_party.full_name,
        },
        "instrument": {
            "code": instrument.code,
            "short_name": instrument.wording("short_name", language)[0],
            "title": instrument.wording("title", language)[0],
            "reporting_article": instrument.reporting_article,
        }
        if instrument
        else None,
        "mechanism": {
            "code": mechanism.code,
            "name": mechanism.wording("name", language)[0],
            "acronym": mechanism.acronym,
            "addressee": mechanism.wording("addressee", language)[0],
            "state_word": mechanism.wording("state_word", language)[0],
        },
        "numbers": cycle.numbers,
        "language": language,
        "due_on": report.due_on.isoformat() if report.due_on else "",
        "coordinating_body": str(cycle.coordinating_body),
        "word_limit": report.word_limit,
        "last_year": report.last_year,
        "status": report.status,
        "status_label": str(report.get_status_display()),
    }


def _parts(rows: Sequence[ReportSection], language: str) -> list[dict[str, Any]]:
    parts = {row.section.part.pk: row.section.part for row in rows}
    return [
        {"code": part.code, "title": part.wording("title", language)[0], "is_general": part.is_general}
        for part in sorted(parts.values(), key=lambda part: part.position)
    ]
