"""The pages of translators: how far a report has come, and each text of a section beside its translation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.choices import Role
from accounts.models import User
from accounts.permissions import granted
from reporting.cycles.choices import COORDINATE, language_said
from reporting.cycles.models import ReviewCycle
from reporting.reports import freeze, freeze_translations
from reporting.reports.choices import BEFORE_ENDORSED, SectionStatus
from reporting.reports.freeze_translations import DONE, MISSING, STALE, Counts, Source
from reporting.reports.models import Answer, Attachment, Report, ReportSection, Translation
from reporting.reports.permissions_translation import SEE_TRANSLATION, TRANSLATE
from reporting.reports.presenters.words import page_url, section_title
from reporting.reports.services.translation import SavedTranslations
from reporting.text.differences import by_words

NAMES = {
    "paragraph": gettext_lazy("Paragraph"),
    "label": gettext_lazy("Name of a row"),
    "notes": gettext_lazy("Note to a cell"),
    "note": gettext_lazy("Note"),
    "source": gettext_lazy("Source"),
    "reference_date": gettext_lazy("Reference date"),
    "method": gettext_lazy("Method"),
    "title": gettext_lazy("Title"),
    "number": gettext_lazy("Number"),
    "date": gettext_lazy("Date"),
    "article": gettext_lazy("Article"),
    "language": gettext_lazy("Language"),
    "value": gettext_lazy("Value"),
    "unit": gettext_lazy("Unit"),
    "target": gettext_lazy("Document referred to"),
    "annex": gettext_lazy("Title of an annex"),
}
SIGNS = {MISSING: "empty", STALE: "return", DONE: "disc"}


def state_words(state: str) -> str:
    return {MISSING: _("Not translated"), STALE: _("Source has changed"), DONE: _("Translated")}[state]


def direction(language: str) -> str:
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "auto"


# --- how far it has come -----------------------------------------------------------------


@dataclass
class Row:
    """One section in the overview."""

    section: ReportSection
    name: str
    counts: Counts
    url: str  # "" where it cannot be opened yet
    sign: str
    state: str


def overview(report: Report, user: User) -> dict[str, Any]:
    """{"rows", "total", "from", "into", "may_translate"}: every section with its counts; a translator is told of text
    that is not cleared only that there is some."""
    sections = list(report.sections.asked().select_related("section").order_by("position"))
    for section in sections:
        section.report = report
    counts = freeze_translations.progress([report])
    rows = [_row(section, counts.get(section.pk, Counts()), user) for section in sections]
    return {
        "rows": rows,
        "total": added(row.counts for row in rows if row.url),
        "uncleared": sum(row.section.status != SectionStatus.CLEARED for row in rows),
        **languages(report),
    }


def languages(report: Report) -> dict[str, Any]:
    cycle = report.cycle
    return {
        "is_translated": cycle.is_translated,
        "working": language_said(cycle.working_language),
        "working_code": cycle.working_language,
        "working_dir": direction(cycle.working_language),
        "submission": language_said(cycle.submission_language),
        "submission_code": cycle.submission_language,
        "submission_dir": direction(cycle.submission_language),
        "prevails": cycle.get_prevailing_display(),
    }


def _row(section: ReportSection, counts: Counts, user: User) -> Row:
    opens = permissions.allows(user, SEE_TRANSLATION, section)
    url = page_url("section_translation", section.report.slug, section.slug) if opens else ""
    if section.status != SectionStatus.CLEARED:
        state, sign = str(section.get_status_display()), "dashed"
    elif not counts.open:
        state, sign = _("Nothing open"), "disc"
    else:
        state, sign = _("Open"), "half" if counts.done else "empty"
    return Row(section, section_title(section), counts if opens else Counts(), url, sign, state)


def added(counts: Any) -> Counts:
    total = Counts()
    for each in counts:
        total.total += each.total
        total.missing += each.missing
        total.stale += each.stale
    return total


def translated_reports(user: User) -> list[Report]:
    """The reports whose translation the person writes or watches, before they are endorsed: one statement."""
    who = permissions.person(user)
    rows = Report.objects.of(user).filter(status__in=BEFORE_ENDORSED).two_languages()
    if not who.has_role(Role.TRANSLATOR):
        rows = rows.filter(cycle__in=granted(user, COORDINATE, ReviewCycle).values("pk"))
    rows = rows.select_related("cycle__instrument", "cycle__mechanism", "state_party")
    return list(rows.order_by("due_on", "pk"))


@dataclass
class Work:
    """One report in the list of what is to be translated."""

    report: Report
    url: str
    counts: Counts
    sections: list[Row]
    uncleared: int
    into: str


def work(user: User) -> list[Work]:
    """Every report in translation, with its cleared sections that have something open: as many statements for one as
    for ten."""
    reports = translated_reports(user)
    known = {report.pk: report for report in reports}
    found: dict[int, list[Row]] = {report.pk: [] for report in reports}
    counts = freeze_translations.progress(reports)
    uncleared = dict.fromkeys(known, 0)
    sections = ReportSection.objects.filter(report__in=reports).asked().select_related("section")
    for section in sections.order_by("report", "position"):
        section.report = known[section.report_id]
        if section.status == SectionStatus.CLEARED:
            found[section.report_id].append(_row(section, counts.get(section.pk, Counts()), user))
        else:
            uncleared[section.report_id] += 1
    return [
        Work(
            report,
            page_url("report_translation", report.slug),
            added(row.counts for row in found[report.pk]),
            [row for row in found[report.pk] if row.counts.open],
            uncleared[report.pk],
            language_said(report.cycle.submission_language),
        )
        for report in reports
    ]


# --- one section -------------------------------------------------------------------------


@dataclass
class Text:
    """One text beside its translation, as the page shows it."""

    place: int
    key: str
    label: str
    source: str
    digest: str
    text: str
    base: int
    state: str
    changes: Sequence[Any]  # of the source by words, where it has changed
    said: str  # who translated it, and when
    theirs: str = ""  # what another translator saved meanwhile, where the two clash
    theirs_said: str = ""

    @property
    def sign(self) -> str:
        return SIGNS[self.state]

    @property
    def word(self) -> str:
        return state_words(self.state)

    @property
    def is_long(self) -> bool:
        return len(self.source) > 80


@dataclass
class Group:
    """The texts of one question, or the annexes."""

    heading: str
    language: str
    texts: list[Text]


def page(
    section: ReportSection,
    user: User,
    *,
    saved: SavedTranslations | None = None,
    typed: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The context of reports/translation/section.html: four statements, however many texts.

    ``saved`` holds what clashed, ``typed`` what a form that was refused holds, by key.
    """
    report = section.report
    answers = list(
        section.answers.filter(asked=True)
        .select_related("question")
        .prefetch_related("paragraphs")
        .order_by("question__position")
    )
    files = list(Attachment.objects.filter(section=section, removed_at__isnull=True, is_annex=True))
    rows = Translation.objects.filter(section=section, language=report.cycle.submission_language).select_related("by")
    known = {row.key: row for row in rows}
    clashes = saved.clashes if saved is not None else {}
    groups: list[Group] = []
    counts = Counts()
    place = 0
    for heading, language, sources in _grouped(answers, files):
        texts = []
        for source in sources:
            place += 1
            text = _text(place, source, known.get(source.key), clashes.get(source.key), (typed or {}).get(source.key))
            texts.append(text)
            counts.take(text.state)
        groups.append(Group(heading, language, texts))
    return {
        "groups": groups,
        "counts": counts,
        "heading": f"{section.code} {freeze.heading_in(section.section, get_language() or 'en')}",
        "may_translate": permissions.allows(user, TRANSLATE, section),
        "why_not": permissions.why_not(user, TRANSLATE, section) or "",
        "clashes": len(clashes),
        **languages(report),
    }


def _grouped(answers: Sequence[Answer], files: Sequence[Attachment]) -> list[tuple[str, str, list[Source]]]:
    language = get_language() or "en"
    found = []
    for answer in answers:
        sources = freeze_translations.sources_of(answer, answer.paragraphs.all())  # type: ignore[attr-defined]
        if sources:
            text, said_in = answer.question.wording("text", language)
            found.append((f"{answer.question.number}. {text}", said_in, sources))
    annexes = freeze_translations.sources_of_files(files)
    return [*found, (_("Annexes"), language, annexes)] if annexes else found


def _text(place: int, source: Source, row: Translation | None, clash: Any, typed: str | None) -> Text:
    state = freeze_translations.state_of(source, row)
    text = Text(
        place=place,
        key=source.key,
        label=str(NAMES.get(source.name, source.name)),
        source=source.text,
        digest=source.digest,
        text=row.text if row is not None else "",
        base=row.version if row is not None else 0,
        state=state,
        changes=by_words(row.source, source.text) if state == STALE and row is not None and row.source else (),
        said=said_by(row),
    )
    if typed is not None:
        text.text = typed
    if clash is not None:
        text.text, text.theirs, text.theirs_said = clash.mine, clash.theirs.text, said_by(clash.theirs)
    return text


def said_by(row: Translation | None) -> str:
    if row is None:
        return ""
    when = formats.date_format(timezone.localtime(row.at), "DATETIME_FORMAT")
    # Isolated: a name in one script stands beside a date in another.
    return _("%(name)s, %(when)s") % {"name": f"\u2068{row.by}\u2069", "when": f"\u2068{when}\u2069"}
