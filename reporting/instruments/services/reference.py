"""The reference files checked as a whole: mechanisms, instruments, themes, targets, agencies."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from reporting.instruments import references
from reporting.instruments.choices import Coverage, FactStatus, Family, InstrumentKind, ReportKind, ThemeGroup
from reporting.instruments.services.source import Checked, Faults, Mapped, read

Values = dict[str, Any]
FILES = ("mechanisms.yaml", "instruments.yaml", "sdg.yaml", "themes.yaml", "agencies.yaml")


@dataclass
class Reference:
    """What the files say, in the shape of the models; foreign keys are codes. Rows stand in the order of the files."""

    mechanisms: dict[str, Values] = field(default_factory=dict)
    limits: dict[tuple[str, str], Values] = field(default_factory=dict)  # by mechanism and kind of report
    instruments: dict[str, Values] = field(default_factory=dict)
    parts: dict[str, list[Values]] = field(default_factory=dict)
    facts: dict[str, list[Values]] = field(default_factory=dict)
    provisions: dict[str, dict[tuple[str, str], Values]] = field(default_factory=dict)
    targets: dict[str, Values] = field(default_factory=dict)
    themes: dict[str, Values] = field(default_factory=dict)
    theme_targets: dict[str, list[str]] = field(default_factory=dict)
    theme_provisions: dict[str, list[tuple[str, references.Reference]]] = field(default_factory=dict)
    agencies: dict[str, Values] = field(default_factory=dict)
    mandates: dict[tuple[str, str], bool] = field(default_factory=dict)  # agency and theme: whether it leads

    def reference(self, instrument: str, text: str) -> tuple[references.Reference | None, str]:
        """The reference that ``text`` makes in an instrument, or None and the reason why it makes none."""
        found = references.parse(text)
        if found is None:
            return None, f"“{text}” is not a reference such as 16, 16(5), 37(b)-(d) or I.3."
        if (found.article, "") not in self.provisions.get(instrument, {}):
            return None, f"{instrument} has no article “{found.article}”."
        return found, ""

    def add_paragraph(self, instrument: str, reference: references.Reference) -> None:
        """Note that a paragraph is named somewhere, so that it becomes a provision of its own."""
        article = self.provisions[instrument][reference.article, ""]
        self.provisions[instrument].setdefault(
            (reference.article, reference.paragraph),
            {**article, "article": reference.article, "paragraph": reference.paragraph, "label": ""},
        )

    def part_of(self, instrument: str, article: str) -> int | None:
        """The position of the Part of the instrument in which an article stands."""
        for part in self.parts.get(instrument, []):
            if references.is_within(article, part["articles"]):
                return int(part["position"])
        return None


def check_reference(files: Mapping[str, Path], words: Mapping[str, Mapped]) -> tuple[Reference, list[Faults]]:
    """Read the reference files (by the names of FILES) with the words of each family of mechanisms."""
    reference = Reference()
    checks: list[Callable[[Mapped, Reference, Faults], None]] = [
        partial(_mechanisms, words=words),
        _instruments,
        _targets,
        _themes,
        _agencies,
    ]
    all_faults = []
    for name, check in zip(FILES, checks, strict=True):
        faults = Faults(str(files[name]))
        content = read(files[name], faults)
        if content is not None:
            check(content, reference, faults)
        all_faults.append(faults)
    return reference, all_faults


def _code(entry: Checked, taken: Mapping[str, Any], longest: int) -> str:
    code = entry.text("code", required=True, longest=longest)
    if code in taken:
        entry.faults.at(entry.entry, "code", f"The code “{code}” stands twice.")
        return ""
    return code


def _mechanisms(content: Mapped, reference: Reference, faults: Faults, words: Mapping[str, Mapped]) -> None:
    whole = Checked(content, faults, "The file")
    whole.allow("version", "word_limits", "without_limits", "without_ratification", "mechanisms")
    limits = _limits(whole, faults)
    unlimited, unratified = whole.texts("without_limits"), whole.texts("without_ratification")
    for entry in whole.entries("mechanisms", required=True):
        one = Checked(entry, faults, "A mechanism")
        one.allow("code", "family", "acronym", "name")
        family = one.one_of("family", Family.values)
        code = _code(one, reference.mechanisms, 20)
        if not code:
            continue
        says = words.get(family, Mapped())
        reference.mechanisms[code] = {
            "name": one.text("name", required=True, longest=200),
            "acronym": one.text("acronym", longest=20),
            "family": family,
            "addressee": says.get("addressee", ""),
            "report_word": says.get("report", ""),
            "state_word": says.get("state", ""),
            "outcome_word": says.get("outcome", ""),
            "needs_ratification": bool(says.get("needs_ratification", True)) and code not in unratified,
        }
        if code not in unlimited:
            for limit in limits.get(family, []):
                reference.limits[code, limit["report_kind"]] = limit
    for key, codes in (("without_limits", unlimited), ("without_ratification", unratified)):
        for code in set(codes) - set(reference.mechanisms):
            faults.at(content, key, f"“{code}” is not the code of a mechanism.")


def _limits(whole: Checked, faults: Faults) -> dict[str, list[Values]]:
    found: dict[str, list[Values]] = {}
    by_family = Checked(whole.mapping("word_limits"), faults, "The list of limits")
    for family in by_family.entry:
        if family not in Family.values:
            faults.at(by_family.entry, family, f"“{family}” is not a family of mechanisms.")
        for entry in by_family.entries(family):
            limit = Checked(entry, faults, "A word limit")
            limit.allow("kind", "words", "advice", "source")
            found.setdefault(family, []).append(
                {
                    "report_kind": limit.one_of("kind", ReportKind.values),
                    "words": limit.whole("words", lowest=1) or 0,
                    "is_advice": limit.flag("advice"),
                    "source": limit.text("source", longest=200),
                }
            )
    return found


def _instruments(content: Mapped, reference: Reference, faults: Faults) -> None:
    for position, entry in enumerate(Checked(content, faults, "The file").entries("instruments", required=True)):
        one = Checked(entry, faults, "An instrument")
        one.allow(*_INSTRUMENT_KEYS)
        code = _code(one, reference.instruments, 20)
        if not code:
            continue
        mechanism = one.text("mechanism")
        if mechanism and mechanism not in reference.mechanisms:
            faults.at(entry, "mechanism", f"“{mechanism}” is not the code of a mechanism.")
        reference.instruments[code] = {
            "short_name": one.text("short_name", required=True, longest=120),
            "title": one.text("title", required=True, longest=300),
            "also_known_as": "; ".join(one.texts("also_known_as")),
            "kind": one.one_of("kind", InstrumentKind.values),
            "position": position,
            "adopted_on": one.day("adopted"),
            "in_force_on": one.day("in_force"),
            "reference": one.text("reference", longest=300),
            "mechanism": mechanism or None,
            "reporting_article": one.text("reporting_article", longest=60),
            "symbols": dict(one.mapping("symbols")),
            "is_about_migration": one.flag("migration_relevant"),
            "migration_note": one.text("migration_note"),
            **_reporting(one.mapping("reporting"), faults),
        }
        reference.parts[code] = _parts(one, faults)
        reference.facts[code] = _facts(one, faults)
        reference.provisions[code] = _provisions(one, reference, code, faults)


_INSTRUMENT_KEYS = (
    *("code", "short_name", "title", "also_known_as", "kind", "adopted", "in_force", "reference", "mechanism"),
    *("reporting_article", "reporting", "symbols", "parts", "substantive_range", "substantive_count"),
    *("migration_relevant", "migration_note", "articles", "procedural_articles", "verification"),
)


def _reporting(entry: Mapped, faults: Faults) -> Values:
    one = Checked(entry, faults, "The reporting rule")
    one.allow(
        *(
            "exists",
            "description",
            "initial_due_years",
            "periodic_years",
            "periodic_rule",
            "review_cycle",
            "simplified",
        ),
        *("simplified", "simplified_since", "guidelines", "unratified", "followup", "clusters", "cluster_1_articles"),
    )
    followup = Checked(one.mapping("followup"), faults, "Follow-up")
    followup.allow("months", "months_note", "max_recommendations", "grading")
    simplified = [one.text("simplified"), one.text("simplified_since")]
    notes = [followup.text(key) for key in ("months_note", "max_recommendations", "grading")]
    return {
        "has_reporting": one.flag("exists"),
        "reporting_note": "\n".join(filter(None, [one.text("description"), one.text("unratified")])),
        "initial_due_years": one.whole("initial_due_years"),
        "periodic_years": one.whole("periodic_years", lowest=1),
        "periodic_rule": one.text("periodic_rule"),
        "review_cycle": one.text("review_cycle"),
        "simplified": "; ".join(filter(None, simplified)),
        "guidelines": "\n".join(one.texts("guidelines")),
        "followup_months": followup.whole("months", lowest=1),
        "followup_note": "; ".join(filter(None, notes)),
    }


def _parts(one: Checked, faults: Faults) -> list[Values]:
    found = []
    for position, entry in enumerate(one.entries("parts", required=True)):
        part = Checked(entry, faults, "A part")
        part.allow("title", "articles")
        title = part.text("title", required=True, longest=200)
        articles = part.text("articles", required=True, longest=60)
        found.append({"title": title, "articles": articles, "position": position})
    return found


def _facts(one: Checked, faults: Faults) -> list[Values]:
    found = []
    for position, entry in enumerate(one.entries("verification")):
        fact = Checked(entry, faults, "A verification")
        fact.allow("fields", "status", "source")
        found.append(
            {
                "fields": ", ".join(fact.texts("fields"))[:300],
                "status": fact.one_of("status", FactStatus.values),
                "source": fact.text("source"),
                "position": position,
            }
        )
    return found


def _provisions(one: Checked, reference: Reference, code: str, faults: Faults) -> dict[tuple[str, str], Values]:
    found: dict[tuple[str, str], Values] = {}
    for key in ("articles", "procedural_articles"):
        entry = one.mapping(key)
        labels = Checked(entry, faults, f"{code}: {key}")
        for article in entry:
            parsed = references.parse(article)
            if parsed is None or parsed.paragraph:
                faults.at(entry, article, f"“{article}” is not the number of an article.")
            elif (article, "") in found:
                faults.at(entry, article, f"Article {article} stands twice.")
            else:
                found[article, ""] = {
                    "article": article,
                    "paragraph": "",
                    "label": labels.text(article, longest=400),
                    "is_procedural": key == "procedural_articles",
                    "part": reference.part_of(code, article),
                }
    return found


def _targets(content: Mapped, reference: Reference, faults: Faults) -> None:
    whole = Checked(content, faults, "The file")
    whole.allow("version", "targets", "gcm_objectives", "links")
    targets = whole.mapping("targets")
    for code in targets:
        one = Checked(whole_entry(targets, code, faults), faults, "A target")
        one.allow("label", "indicators")
        reference.targets[code] = {"label": one.text("label", required=True), "indicators": one.text("indicators")}


def whole_entry(entry: Mapped, key: str, faults: Faults) -> Mapped:
    """The mapping under ``key``, empty and with a fault when it is none."""
    return Checked(entry, faults, "The list").mapping(key)


def _themes(content: Mapped, reference: Reference, faults: Faults) -> None:
    whole = Checked(content, faults, "The file")
    whole.allow("version", "themes")
    for position, entry in enumerate(whole.entries("themes", required=True)):
        one = Checked(entry, faults, "A theme")
        one.allow("code", "group", "title", "coverage", "remark", "sdg_targets", "provisions")
        code = _code(one, reference.themes, 60)
        if not code:
            continue
        reference.themes[code] = {
            "title": one.text("title", required=True, longest=200),
            "group": one.one_of("group", ThemeGroup.values),
            "coverage": one.one_of("coverage", Coverage.values),
            "remark": one.text("remark"),
            "position": position,
        }
        reference.theme_targets[code] = one.texts("sdg_targets", reference.targets)
        reference.theme_provisions[code] = _theme_provisions(one, reference, faults)


def _theme_provisions(one: Checked, reference: Reference, faults: Faults) -> list[tuple[str, references.Reference]]:
    found: list[tuple[str, references.Reference]] = []
    entry = one.mapping("provisions")
    by_instrument = Checked(entry, faults, "The list of provisions")
    for instrument in entry:
        if instrument not in reference.instruments:
            faults.at(entry, instrument, f"“{instrument}” is not the code of an instrument.")
            continue
        for text, line in by_instrument.items(instrument):
            parsed, reason = reference.reference(instrument, str(text))
            if parsed is None:
                faults.add(line, reason)
            elif (instrument, parsed) in found:
                faults.add(line, f"{instrument} {text} stands twice in this theme.")
            else:
                found.append((instrument, parsed))
                reference.add_paragraph(instrument, parsed)
    return found


def _agencies(content: Mapped, reference: Reference, faults: Faults) -> None:
    whole = Checked(content, faults, "The file")
    whole.allow("version", "agencies", "funds")
    for entry in whole.entries("agencies", required=True):
        one = Checked(entry, faults, "An agency")
        one.allow(
            *("code", "name", "mandate", "gcim_2005_para_58", "changes_since_2005", "areas", "lead_themes"),
            *("support_themes", "typical_requests", "instruments", "note"),
        )
        code = _code(one, reference.agencies, 20)
        if not code:
            continue
        reference.agencies[code] = {
            "name": one.text("name", required=True, longest=200),
            "mandate": one.text("mandate"),
        }
        one.texts("instruments", reference.instruments)
        for theme in one.texts("support_themes", reference.themes):
            reference.mandates[code, theme] = False
        for theme in one.texts("lead_themes", reference.themes):
            reference.mandates[code, theme] = True
