"""One questionnaire file, checked against the closed lists and the instruments."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reporting.instruments import references
from reporting.instruments.choices import Family, ReportKind
from reporting.instruments.services.reference import Reference
from reporting.instruments.services.source import Checked, Faults, Mapped
from reporting.questionnaires.choices import QuestionKind, QuestionnaireStatus, StateRole, Tier
from reporting.questionnaires.kinds.layout import ANNEX, IN_TEXT, table_definition

Values = dict[str, Any]
_BASIS = re.compile(r"treaty|guidelines|practice|other instrument: .+|general (comments?|recommendations?) [\d, and-]+")


@dataclass
class Vocabulary:
    """The closed lists: names of codes by list."""

    leads: set[str]
    contributors: set[str]
    consulted: set[str]
    orders: set[str]
    dimensions: set[str]
    indicator_types: set[str]
    mechanisms: Mapping[str, Mapped]


def check_vocabulary(content: Mapped, faults: Faults) -> Vocabulary:
    """The closed lists of a vocabulary file; codes that the product itself must know are compared with its own."""
    whole = Checked(content, faults, "The vocabulary")
    for name, known in (
        ("mechanisms", Family.values),
        ("kinds", QuestionKind.values),
        ("roles", StateRole.values),
        ("tiers", Tier.values),
        ("kinds_of_report", ReportKind.values),
    ):
        entry = whole.mapping(name)
        for code in set(entry) - set(known):
            faults.at(entry, code, f"“{code}” is not known to this version of the product.")
    families = whole.mapping("mechanisms")
    leads = set(whole.mapping("leads"))
    return Vocabulary(
        leads=leads,
        contributors=leads | set(whole.mapping("contributors_only")),
        consulted=set(whole.mapping("consulted")),
        orders=set(whole.mapping("orders")),
        dimensions=set(whole.mapping("dimensions")),
        indicator_types=set(whole.mapping("indicator_types")),
        mechanisms={code: Checked(families, faults, "The list").mapping(code) for code in families},
    )


@dataclass
class Edition:
    """What one file says, in the shape of the models; sections and questions in the order of the file."""

    file: str
    values: Values
    instrument: str | None
    family: str
    sha256: str
    parts: list[Values] = field(default_factory=list)
    sections: list[Values] = field(default_factory=list)  # with "part" (its code) and "leads" (references)
    questions: list[Values] = field(default_factory=list)  # with "section" (its code)
    lines: dict[str, int] = field(default_factory=dict)  # of sections and questions, by code


def content_sha256(content: Mapping[str, Any]) -> str:
    """SHA-256 of what a file says: its layout, comments and status count for nothing."""
    said = {key: value for key, value in content.items() if key != "status"}
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def check_edition(
    content: Mapped, *, stem: str, reference: Reference, vocabulary: Vocabulary, faults: Faults
) -> Edition | None:
    """The edition in ``content``, or None when its header is too wrong to go on. ``stem`` is the name of the file."""
    header = Checked(content, faults, "A questionnaire")
    header.allow(
        *("version", "code", "instrument", "mechanism", "edition", "title", "for", "basis", "language", "order"),
        *("length", "clusters", "notes", "parts", "status"),
    )
    if content.get("version") != 2:
        faults.at(content, "version", "The version of the schema must be 2.")
    code = header.text("code", required=True, longest=60)
    if code and code != stem:
        faults.at(content, "code", f"The code must be the name of the file: “{stem}”.")
    family = header.one_of("mechanism", vocabulary.mechanisms)
    instrument = header.text("instrument") or None
    if instrument and instrument not in reference.instruments:
        faults.at(content, "instrument", f"“{instrument}” is not the code of an instrument.")
        return None
    if not instrument and family not in (Family.UPR, Family.INTERNAL):
        faults.add(content.line, "A questionnaire needs “instrument”.")
        return None
    length = Checked(header.mapping("length"), faults, "The length")
    length.allow("words", "excludes")
    values = {
        "code": code,
        "edition": header.text("edition", required=True, longest=60),
        "title": header.text("title", required=True, longest=300),
        "kinds": header.texts("for", ReportKind.values),
        "language": header.text("language", required=True, longest=12),
        "basis": "\n".join(header.texts("basis")),
        "order": header.one_of("order", vocabulary.orders),
        "clusters": header.texts("clusters"),
        "length_words": length.whole("words", lowest=1),
        "length_excludes": ", ".join(length.texts("excludes")),
        "notes": header.text("notes"),
        "status": header.one_of("status", QuestionnaireStatus.values, default=QuestionnaireStatus.PUBLISHED.value),
    }
    if not values["kinds"]:
        faults.at(content, "for", "A questionnaire serves at least one kind of report.")
    edition = Edition(faults.file, values, instrument, family, content_sha256(content))
    _EditionCheck(edition, reference, vocabulary, faults).parts(header)
    return edition


class _EditionCheck:
    def __init__(self, edition: Edition, reference: Reference, vocabulary: Vocabulary, faults: Faults) -> None:
        self.edition = edition
        self.reference = reference
        self.vocabulary = vocabulary
        self.faults = faults
        self.leading: dict[str, list[tuple[str, str]]] = defaultdict(list)  # article: paragraph and section

    def parts(self, header: Checked) -> None:
        taken: set[str] = set()
        for position, entry in enumerate(header.entries("parts", required=True)):
            part = Checked(entry, self.faults, "A part")
            part.allow("code", "title", "general", "sections")
            code = part.text("code", required=True, longest=40)
            if code in taken:
                self.faults.at(entry, "code", f"The part “{code}” stands twice.")
            taken.add(code)
            is_general = part.flag("general")
            title = part.text("title", required=True, longest=300)
            self.edition.parts.append({"code": code, "title": title, "is_general": is_general, "position": position})
            for section in part.entries("sections", required=True):
                self.section(Checked(section, self.faults, "A section"), code, is_general)

    def section(self, one: Checked, part: str, is_general: bool) -> None:
        one.allow(
            *("code", "title", "articles", "see", "cluster", "lead", "contribute", "consult", "for", "optional"),
            *("guidance", "questions"),
        )
        code = self.code(one, "code", 40)
        leads = self.provisions(one, "articles")
        self.led_once(one, code, leads)
        if self.edition.values["order"] == "articles" and not is_general:
            self.inside_one_part(one, leads)
        is_optional = one.flag("optional")
        cluster = one.text("cluster", longest=60)
        if cluster and self.edition.values["clusters"] and cluster not in self.edition.values["clusters"]:
            self.faults.at(one.entry, "cluster", f"“{cluster}” is not one of the clusters of the header.")
        self.edition.sections.append(
            {
                "part": part,
                "code": code,
                "title": one.text("title", required=True, longest=300),
                "articles": [str(lead) for lead in leads],
                "leads": leads,
                "see": [str(see) for see in self.provisions(one, "see")],
                "cluster": cluster,
                "lead": self.bodies(one, "lead", self.vocabulary.leads, required=True),
                "contribute": self.bodies(one, "contribute", self.vocabulary.contributors),
                "consult": self.bodies(one, "consult", self.vocabulary.consulted),
                "kinds": one.texts("for", self.edition.values["kinds"]),
                "is_optional": is_optional,
                "guidance": self.guidance(one),
                "position": len(self.edition.sections),
            }
        )
        for question in one.entries("questions", required=True):
            self.question(Checked(question, self.faults, "A question"), code, is_optional)

    def code(self, one: Checked, key: str, longest: int) -> str:
        code = one.text(key, required=True, longest=longest)
        if code in self.edition.lines:
            first = self.edition.lines[code]
            self.faults.at(one.entry, key, f"The code “{code}” stands twice; the first is on line {first}.")
        elif code:
            self.edition.lines[code] = one.entry.lines[key]
        return code

    def provisions(self, one: Checked, key: str) -> list[references.Reference]:
        found = []
        for text, line in one.items(key):
            if self.edition.instrument is None:
                self.faults.add(line, "A questionnaire without an instrument has no articles.")
                continue
            parsed, reason = self.reference.reference(self.edition.instrument, str(text))
            if parsed is None:
                self.faults.add(line, reason)
            elif parsed in found:
                self.faults.add(line, f"“{text}” stands twice.")
            else:
                found.append(parsed)
        return found

    def led_once(self, one: Checked, code: str, leads: list[references.Reference]) -> None:
        for lead in leads:
            for paragraph, section in self.leading[lead.article]:
                if section != code and references.overlap(paragraph, lead.paragraph):
                    reason = f"Article {lead} leads in section {section} already; it can lead in one section only."
                    self.faults.at(one.entry, "articles", reason)
            self.leading[lead.article].append((lead.paragraph, code))

    def inside_one_part(self, one: Checked, leads: list[references.Reference]) -> None:
        instrument = str(self.edition.instrument)
        parts = {self.reference.part_of(instrument, lead.article) for lead in leads}
        if len(parts) > 1:
            articles = ", ".join(map(str, leads))
            reason = f"Articles {articles} stand in different Parts of {instrument}; a section stays inside one."
            self.faults.at(one.entry, "articles", reason)

    def bodies(self, one: Checked, key: str, allowed: set[str], *, required: bool = False) -> list[str]:
        found = one.texts(key, allowed)
        if required and not one.entry.get(key):
            self.faults.add(one.entry.line, f"{one.what} needs “{key}”.")
        return found

    def guidance(self, one: Checked) -> list[dict[str, str]]:
        found = []
        for entry in one.entries("guidance"):
            point = Checked(entry, self.faults, "A point of guidance")
            point.allow("text", "basis")
            found.append({"text": point.text("text", required=True), "basis": self.basis(point)})
        return found

    def basis(self, one: Checked) -> str:
        basis = one.text("basis", longest=200)
        if basis and _BASIS.fullmatch(basis) is None:
            self.faults.at(
                one.entry, "basis", f"“{basis}” is no basis (treaty, guidelines, general comment 2, practice)."
            )
        return basis

    def question(self, one: Checked, section: str, is_optional: bool) -> None:
        one.allow(
            *("code", "kind", "text", "required", "tier", "roles", "basis", "export", "repeat", "for"),
            *("indicator", "unit", "measures", "rows", "years", "breakdowns", "place"),
        )
        code = self.code(one, "code", 60)
        if code and not re.fullmatch(rf"{re.escape(section)}-Q\d+", code):
            self.faults.at(one.entry, "code", f"The code of a question of this section is {section}-Q and a number.")
        kind = one.one_of("kind", QuestionKind.values)
        is_required = one.flag("required")
        if is_required and is_optional:
            self.faults.at(one.entry, "required", "Nothing is required in an optional section.")
        is_exported = one.flag("export", default=True)
        if kind == QuestionKind.CHOICE and is_exported:
            self.faults.add(one.entry.line, "A choice is never exported: say export: false.")
        indicator = one.one_of("indicator", self.vocabulary.indicator_types, required=kind == QuestionKind.INDICATOR)
        self.edition.questions.append(
            {
                "section": section,
                "code": code,
                "kind": kind,
                "text": one.text("text", required=True),
                "is_required": is_required,
                "tier": one.one_of("tier", Tier.values),
                "roles": one.texts("roles", StateRole.values),
                "kinds": one.texts("for", self.edition.values["kinds"]),
                "basis": self.basis(one),
                "is_exported": is_exported,
                "repeats": one.one_of("repeat", ["recommendation"], required=False),
                "indicator_type": indicator,
                "unit": one.text("unit", longest=60),
                "definition": self.definition(one, kind),
                "position": len(self.edition.questions),
            }
        )

    def definition(self, one: Checked, kind: str) -> Values:
        keys = ("measures", "rows", "years", "breakdowns", "place")
        if kind != QuestionKind.TABLE:
            for key in keys:
                if key in one.entry:
                    self.faults.at(one.entry, key, f"Only a table has “{key}”.")
            return {key: one.entry[key] for key in ("indicator", "unit") if key in one.entry}
        for entry in one.entries("measures", required=True):
            measure = Checked(entry, self.faults, "A measure")
            measure.allow("name", "unit", "nature", "definition")
            measure.text("name", required=True)
            measure.text("unit", required=True)
            measure.one_of("nature", ("stock", "flow"))
        rows = Checked(one.mapping("rows"), self.faults, "The rows")
        rows.allow("fixed", "open")
        fixed, sort = rows.texts("fixed"), rows.text("open")
        if "rows" in one.entry and bool(fixed) == bool(sort):
            self.faults.at(one.entry, "rows", "The rows are either fixed or open.")
        if one.whole("years", lowest=1) is None:
            self.faults.add(one.entry.line, "A table needs “years”.")
        one.texts("breakdowns", self.vocabulary.dimensions)
        one.one_of("place", (ANNEX, IN_TEXT), default=ANNEX)
        return table_definition(one.entry) if isinstance(one.entry.get("measures"), list) else {}
