"""The golden report: every kind of question, in whatever language the document is, with six languages in its texts.

Built as a report is frozen, through the kinds of question themselves; the State, its laws and its figures are invented.
"""

import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from exports.assemble import document_for
from exports.document import SUBMISSION, Document
from reporting.questionnaires.kinds import KINDS
from reporting.questionnaires.kinds.layout import table_definition
from reporting.reports.freeze_tables import caption_of, printed_table, table_words
from reporting.text import words
from tests.exports.test_assemble import answer, content_of, section

AT = datetime.datetime(2027, 3, 18, 9, 30, tzinfo=datetime.UTC)
LANGUAGES = [code for code, _name in settings.LANGUAGES]
YEARS = [2021, 2022, 2023, 2024, 2025]

TEXTS = {
    "en": "The Act (No. 12 of 2023) entered into force on 1 July 2023; it forbids “any fee” – direct or indirect.",
    "fr": "La loi n° 12 de 2023 interdit « tous frais » à la charge du travailleur ; l’œuvre est à achever, çà et là.",
    "es": "¿Qué prohíbe la Ley núm. 12? Todo cobro al trabajador: niñez, migración y pingüinos incluidos.",
    "ru": "Закон № 12 вступил в силу 1 июля 2023 года; он запрещает «любые сборы», подъёмные и залоги.",
    "ar": "دخل القانون رقم 12 حيز النفاذ في 1 تموز/يوليه 2023؛ وهو يحظر «أي رسوم» على العمال وأفراد أسرهم.",
    "zh": "《私营职业介绍所法》于2023年7月1日生效，禁止收取“任何费用”；国际劳工组织对此表示欢迎。",
}
NOTES = {
    "en": "Official Gazette, No. 27 of 12 May 2023.",
    "fr": "Journal officiel, n° 27 du 12 mai 2023 ; décret annexé.",
    "ru": "Официальный вестник, № 27 от 12 мая 2023 года.",
    "ar": "الجريدة الرسمية، العدد 27، 12 أيار/مايو 2023.",
    "zh": "《政府公报》，2023年5月12日第27期。",
}
ALL_IN_ONE = "Office de l’État, Управление, الديوان العام, 国家办公室, Oficina del niño."
LISTED = f"It covers:\n\n- {TEXTS['fr']}\n- {TEXTS['ru']}\n  - {TEXTS['zh']}\n- {TEXTS['ar']}"
NAMES = ("Nord", "Süd", "Восток", "الغرب", "中部")


def content(language: str) -> dict[str, Any]:
    """The report as frozen, its own words in ``language``."""
    with translation.override(language):
        data = content_of(*_sections())
    data["report"] |= {"language": language, "title": f"Third report. {ALL_IN_ONE}"}
    return data


def document(language: str, form: str = SUBMISSION) -> Document:
    return document_for(content(language), form=form, generated_at=AT, is_final=form == SUBMISSION)


def _sections() -> list[dict[str, Any]]:
    return [
        _section("A1", "I", "Article 7: Non-discrimination", *_narratives()),
        _section("A2", "I", "Article 25: 就业 и занятость", _asked("A2-Q1", "table", _table("text"))),
        _section("A3", "II", "Article 66: Recrutement", *_small_kinds()),
        _section("A4", "II", "Article 68: Мероприятия", *_others()),
    ]


def _section(code: str, part: str, heading: str, *answers: dict[str, Any]) -> dict[str, Any]:
    made = section(code, part, heading, *answers, words=0)
    made["words"] = words.count(heading) + sum(each["words"] for each in answers)
    return made | {"lead": "Ministère du travail", "contributors": ["Министерство юстиции"], "allotment": 90}


def _asked(code: str, kind: str, blocks: list[dict[str, Any]], *texts: str, **values: Any) -> dict[str, Any]:
    """An answer of a kind, counted as a save counts it."""
    counted = [words.count_markup(text) for text in texts]
    made = answer(code, blocks=blocks) | {
        "kind": kind,
        "question": f"{code}: {ALL_IN_ONE.rstrip('.')}?",
        "paragraphs": [
            {"key": f"{code}-{at}", "text": text, "origin": "", "words": counted[at]} for at, text in enumerate(texts)
        ],
        "paragraph_count": len(texts),
    }
    made["words"] = sum(counted) + sum(table_words(each) for each in blocks if each.get("place") == "text")
    return made | values


def _narratives() -> list[dict[str, Any]]:
    noted = [f"{_first_bold(TEXTS[code])}[^1] *{ALL_IN_ONE}*\n\n[^1]: {note}" for code, note in NOTES.items()]
    return [
        _asked("A1-Q1", "narrative", [], *noted),
        _asked("A1-Q2", "narrative", [], TEXTS["es"], LISTED),
        _asked("A1-Q3", "narrative", [], is_answered=False, is_required=True),
        _asked("A1-Q4", "choice", [], TEXTS["ar"], choice="Yes"),
        _asked("A1-Q5", "choice", [], choice="No"),
    ]


def _first_bold(text: str) -> str:
    first, blank, rest = text.partition(" ")
    return f"**{first}**{blank}{rest}"


def _table(place: str, rows: int = 40) -> list[dict[str, Any]]:
    """A table of ``rows`` rows over five years, with notes, empty cells and words in the place of figures."""
    labels = [f"{NAMES[at % 5]} {at + 1}" for at in range(rows)]
    raw = {"measures": [{"name": "Agencies", "unit": "agencies"}], "rows": {"fixed": labels}, "years": 5}
    definition = table_definition(raw)
    cells, notes = {}, {}
    for at in range(1, rows + 1):
        for year in YEARS:
            key = f"f{at}/m1/{year}"
            if (at + year) % 11:
                cells[key] = "not_available" if (at * year) % 13 == 0 else str(at * 317 + year - 2000)
                if at % 5 == 0 and year in (2021, 2024):
                    notes[key] = f"{list(TEXTS.values())[at % 6]} ({at}/{year})"
    cells["f1/m1/2021"], cells["f2/m1/2021"] = "-1250.5", "0"
    given = {"cells": cells, "notes": notes, "place": place, "source": ALL_IN_ONE}
    (block,) = KINDS["table"].blocks(given, definition, YEARS)
    return [printed_table(block, caption_of(f"Agences de placement, 职业介绍所 ({place})", ""))]


def _small_kinds() -> list[dict[str, Any]]:
    act = {"title": "Loi sur les agences, 职业介绍所法", "number": "No. 12 of 2023", "date": "2023-07-01"}
    items = [
        {**act, "article": "9", "link": "https://laws.arcadia.example/12"},
        {**act, "title": "قانون العمل", "article": "4-7", "link": ""},
    ]
    figure = {"value": "1250.5", "unit": "agencies", "year": "2025", "source": "Реестр", "note": ""}
    return [
        _asked("A3-Q1", "legal_references", [{"type": "references", "place": "annex", "items": items}]),
        _asked("A3-Q2", "indicator", KINDS["indicator"].blocks(figure, {}, YEARS)),
        _asked("A3-Q3", "number", KINDS["number"].blocks({"value": "27", "note": "Estimé."}, {"unit": "cases"}, YEARS)),
        _asked("A3-Q4", "date", KINDS["date"].blocks({"date": "2026-03-31", "note": TEXTS["zh"]}, {}, YEARS)),
        _asked("A3-Q5", "table", _table("annex", rows=4)),
        _asked("A3-Q6", "narrative", [], "=SUM(A1:A9)", "-5 + 3 @ x", "Line one.\nLine two <b>&amp; more</b>."),
    ]


def _others() -> list[dict[str, Any]]:
    link = {"title": "Реестр агентств", "link": "https://register.arcadia.example", "attachment": ""}
    core = "Reference is made to paragraph 14 of the common core document (HRI/CORE/ARC/2026)."
    prints = {"code": "see_core", "label": "See core document", "sentence": core, "prints": core}
    unknown = {"code": "no_data", "label": "No data", "sentence": f"No data. {TEXTS['ru']}", "prints": ""}
    return [
        _asked("A4-Q1", "narrative", [], disposition=prints, paragraph_count=1, words=words.count(core)),
        _asked("A4-Q2", "table", [], disposition=unknown),
        _asked("A4-Q3", "files", [], is_answered=False),
        _asked("A4-Q6", "files", [{"type": "files", "place": "annex", "items": [link]}]),
        _asked("A4-Q4", "table", [], is_answered=False, missing=20),
        _asked("A4-Q5", "narrative", [], TEXTS["zh"]),
    ]
