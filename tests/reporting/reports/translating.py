"""A report written in Arabic and submitted in English, with a translator."""

from types import SimpleNamespace

from accounts.choices import Role
from reporting.reports.freeze_translations import sources_of
from reporting.reports.models import Report, ReportSection, Translation
from reporting.reports.services.section import move_section
from reporting.reports.services.translation import SavedTranslations, TranslationEdit, save_translations
from tests import factories
from tests.reporting.reports import factories as made


def translated(cast: SimpleNamespace, *, cleared: bool = True, text: str = "للعمال الحق في المغادرة.") -> Report:
    """F1 holds one paragraph and, where not said otherwise, is cleared; Thuraya translates."""
    report = made.report(cast, working_language="ar")
    cast.thuraya = factories.member("Thuraya", cast.mechanism, Role.TRANSLATOR)
    cast.key = made.write(made.section(report, "f1"), text, cast.jonas)
    if cleared:
        clear(report, cast)
    return report


def clear(report: Report, cast: SimpleNamespace, slug: str = "f1") -> None:
    by = cast.rosa if slug == "f2" else cast.jonas
    move_section(made.section(report, slug), move="send_for_review", by=by)
    move_section(made.section(report, slug), move="clear", by=cast.amina)


def sources(section: ReportSection) -> dict[str, str]:
    """Key and digest of every text of a section that is to be translated."""
    rows = section.answers.select_related("question").prefetch_related("paragraphs").order_by("question__position")
    return {each.key: each.digest for row in rows for each in sources_of(row, row.paragraphs.all())}


def key_of(section: ReportSection, paragraph: str) -> str:
    return next(key for key in sources(section) if key.endswith(paragraph))


def say(section: ReportSection, by, *texts: str, base: int = 0, **fields) -> SavedTranslations:
    """Translate the first texts of a section, in order."""
    known = sources(section)
    pairs = zip(known.items(), texts, strict=False)
    edits = [TranslationEdit(key, base, digest, text, **fields) for (key, digest), text in pairs]
    return save_translations(section, edits, by=by)


def translate_all(report: Report, by) -> None:
    for section in report.sections.select_related("report__cycle"):
        known = sources(section)
        edits = [
            TranslationEdit(key, 0, digest, f"English of {place}") for place, (key, digest) in enumerate(known.items())
        ]
        save_translations(section, edits, by=by)


def stands(section: ReportSection) -> list[str]:
    return list(Translation.objects.filter(section=section).order_by("pk").values_list("text", flat=True))
