"""A request as it is read, made from its plain content alone: the same for the State and for agencies."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from reporting.assistance.freeze import kind_labels, name_here
from reporting.assistance.presenters.signs import Language, day, language


@dataclass(frozen=True)
class Letter:
    reference: str
    title: str
    state: str
    stamps: list[dict[str, str]]
    themes: list[str]
    targets: list[str]
    recommendations: list[str]
    kinds: list[str]
    language: Language
    needed_by: str
    parts: list[tuple[str, str]]
    pairs: list[tuple[str, str]]
    counterpart: dict[str, str]
    responsible: str
    authorisation: str
    is_enquiry: bool


def letter(content: dict[str, Any]) -> Letter:
    parts = [
        (_("Need"), content["need"]),
        (_("What is in place"), content["in_place"]),
        (_("What is missing"), content["missing"]),
        (_("Why now"), content["why_now"]),
        (_("Tried before"), content["tried_before"]),
    ]
    pairs = [
        (_("Link to a plan"), content["plan_link"]),
        (_("Resident Coordinator informed on"), day(content["resident_coordinator_informed_on"])),
        (_("Workers' and employers' organizations consulted on"), day(content["social_partners_consulted_on"])),
        (
            _("Security forces"),
            _("Police, border, prison or armed forces take part.") if content["security_forces"] else "",
        ),
    ]
    given = content["authorisation"]
    return Letter(
        reference=content["reference"],
        title=content["title"],
        state=content["state"]["name"],
        stamps=[
            {"short": row["instrument"], "full": name_here(row, "instrument_name"), "article": row["article"]}
            for row in content["provisions"]
        ],
        themes=[name_here(row, "title") for row in content["themes"]],
        targets=content["targets"],
        recommendations=content["recommendations"],
        kinds=kind_labels(content["kinds"]),
        language=language(content["language"]),
        needed_by=day(content["needed_by_on"]),
        parts=[(label, text) for label, text in parts if text],
        pairs=[(label, text) for label, text in pairs if text],
        counterpart=content["counterpart"],
        responsible=content["responsible"],
        authorisation=_("%(office)s, %(day)s, %(reference)s")
        % {"office": given["office"], "day": day(given["on"]), "reference": given["reference"] or _("no reference")}
        if given
        else "",
        is_enquiry=content["is_enquiry"],
    )
