"""The demonstration's content fits the questionnaires, and names no State but Arcadia and Qamar."""

import re
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "config" / "demonstration"
CATALOGUE = ROOT / "reporting" / "questionnaires" / "catalogue"
OTHERS = {"states.yaml", "requests.yaml", "library.yaml"}
REPORTS = sorted(path.name for path in FOLDER.glob("*.yaml") if path.name not in OTHERS)
DISPOSITIONS = {"no_change", "see_core", "see_question", "no_data", "not_asked", "not_applicable"}
MARKS = {"not_available", "not_applicable", "suppressed"}
NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
STATUSES = {"not_started", "drafting", "in_review", "returned", "cleared"}
REQUEST_STATUSES = {"draft", "cleared", "authorised", "submitted", "returned", "closed", "withdrawn"}
# A few dozen names that would be the likeliest to slip in; whole words, so that "Oman" does not find "woman".
REAL_STATES = re.findall(
    r"\S+",
    """
Afghanistan Algeria Argentina Australia Austria Bahrain Bangladesh Belgium Bolivia Brazil Bulgaria Cambodia Cameroon
Canada Chile China Colombia Croatia Cuba Cyprus Denmark Ecuador Egypt Estonia Ethiopia Fiji Finland France Gabon Georgia
Germany Ghana Greece Guatemala Guinea Haiti Honduras Hungary India Indonesia Iran Iraq Ireland Israel Italy Jamaica
Japan Jordan Kazakhstan Kenya Kuwait Kyrgyzstan Latvia Lebanon Lesotho Liberia Libya Lithuania Madagascar Malawi
Malaysia Mali Malta Mauritania Mexico Moldova Mongolia Morocco Mozambique Myanmar Nepal Nicaragua Niger Nigeria Norway
Oman Pakistan Panama Paraguay Peru Philippines Poland Portugal Qatar Romania Russia Rwanda Senegal Serbia Singapore
Slovakia Slovenia Somalia Spain Sudan Sweden Switzerland Syria Tajikistan Tanzania Thailand Togo Tunisia Turkey
Turkmenistan Uganda Ukraine Uruguay Uzbekistan Venezuela Vietnam Yemen Zambia Zimbabwe
مصر المغرب تونس الجزائر ليبيا السودان لبنان سوريا العراق الكويت البحرين اليمن السعودية عُمان الإمارات الهند الفلبين
نيبال بنغلاديش باكستان إندونيسيا إثيوبيا
""",
)


@cache
def read(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


@cache
def questionnaire(code: str) -> dict[str, Any]:
    [path] = [
        path for path in CATALOGUE.rglob(f"{code}.yaml") if "translations" not in path.relative_to(CATALOGUE).parts
    ]
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def questions(code: str) -> dict[str, dict[str, Any]]:
    sections = chain.from_iterable(part["sections"] for part in questionnaire(code)["parts"])
    return {question["code"]: question for section in sections for question in section["questions"]}


def answers(name: str) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (section, question, answer)
        for section, row in read(name)["sections"].items()
        for question, answer in row["answers"].items()
    ]


def bodies(state: str) -> set[str]:
    [found] = [row for row in read("states.yaml")["states"] if row["code"] == state]
    return {body["key"] for body in found["bodies"]}


def logins(state: str) -> set[str]:
    [found] = [row for row in read("states.yaml")["states"] if row["code"] == state]
    return {person["login"] for person in [*found["people"], *found["further_people"]]}


@pytest.mark.parametrize("name", REPORTS)
def test_every_answer_belongs_to_a_question_of_its_section(name):
    known = questions(read(name)["report"]["questionnaire"])

    strangers = [q for section, q, _ in answers(name) if q not in known or q.rpartition("-Q")[0] != section]

    assert strangers == []


@pytest.mark.parametrize("name", REPORTS)
def test_answers_have_the_shape_of_their_kind(name):
    known = questions(read(name)["report"]["questionnaire"])
    inside = {"choice": "choice", "table": "cells", "legal_references": "references", "files": "files", "date": "date"}

    wrong = []
    for _, code, answer in answers(name):
        kind = known[code]["kind"]
        if "disposition" in answer:
            fits = set(answer) == {"disposition"} and answer["disposition"]["kind"] in DISPOSITIONS
        elif kind == "narrative":
            fits = set(answer) == {"paragraphs"} and bool(answer["paragraphs"])
        else:
            fits = inside.get(kind, "value") in answer["content"]
            fits = fits and ("paragraphs" not in answer or kind == "choice")
        if not fits:
            wrong.append(code)

    assert wrong == []


@pytest.mark.parametrize("name", REPORTS)
def test_cells_are_those_that_the_question_asks_for(name):
    report = read(name)["report"]
    known = questions(report["questionnaire"])

    wrong = []
    for _, code, answer in answers(name):
        if known[code]["kind"] != "table" or "content" not in answer:
            continue
        question, content = known[code], answer["content"]
        years = {str(report["last_full_year"] - back) for back in range(question["years"])}
        measures = [f"m{i}" for i, _ in enumerate(question["measures"], 1)]
        rows = question.get("rows", {})
        if "fixed" in rows:
            pairs = {(f"f{i}", m) for i, _ in enumerate(rows["fixed"], 1) for m in measures}
        elif "open" in rows:
            pairs = {(row["key"], m) for row in content["rows"] for m in measures}
        else:
            pairs = {(m, m) for m in measures}
        asked = {f"{row}/{measure}/{year}" for row, measure in pairs for year in years}
        cells = dict(content["cells"])
        wrong += [f"{code} {key}" for key in {*cells, *content.get("notes", {})} - asked]
        wrong += [f"{code} {row}" for row in set(content.get("sources", {})) - {row for row, _ in pairs}]
        for dimension, breakdown in content.get("breakdowns", {}).items():
            wrong += [f"{code} {dimension}"] * (dimension not in question.get("breakdowns", []))
            keys = {f"{row['key']}/{year}" for row in breakdown["rows"] for year in years}
            wrong += [f"{code} {dimension} {key}" for key in set(breakdown["cells"]) - keys]
            cells |= {f"{dimension} {key}": value for key, value in breakdown["cells"].items()}
        wrong += [f"{code} {key} {v!r}" for key, v in cells.items() if v not in MARKS and not NUMBER.fullmatch(v)]

    assert wrong == []


@pytest.mark.parametrize("name", REPORTS)
def test_breakdowns_add_up_to_their_first_measure(name):
    known = questions(read(name)["report"]["questionnaire"])

    wrong = []
    for _, code, answer in answers(name):
        content = answer.get("content", {})
        if known[code]["kind"] != "table" or "fixed" in known[code].get("rows", {}):
            continue
        for dimension, breakdown in content.get("breakdowns", {}).items():
            for year in {key.rpartition("/")[2] for key in breakdown["cells"]}:
                parts = [value for key, value in breakdown["cells"].items() if key.endswith(f"/{year}")]
                total = content["cells"].get(f"m1/m1/{year}", "suppressed")
                if MARKS - {"not_applicable"} & {total, *parts}:
                    continue
                figures = [float(value) for value in parts if value != "not_applicable"]
                if total != "not_applicable" and sum(figures) != float(total):
                    wrong.append(f"{code} {dimension} {year}: {sum(figures)} of {total}")

    assert wrong == []


@pytest.mark.parametrize("name", REPORTS)
def test_sections_are_sent_only_with_their_required_questions_answered(name):
    known = questions(read(name)["report"]["questionnaire"])

    missing = [
        code
        for code, question in known.items()
        if (section := read(name)["sections"].get(code.rpartition("-Q")[0]))
        and section["status"] in {"in_review", "returned", "cleared"}
        and question.get("required")
        and code not in section["answers"]
    ]

    assert missing == []


@pytest.mark.parametrize("name", REPORTS)
def test_sections_name_bodies_people_and_states_that_exist(name):
    data = read(name)
    known_bodies, known_people = bodies(data["state"]), logins(data["state"])

    wrong = []
    for code, section in data["sections"].items():
        contributions, comments = section.get("contributions", []), section.get("comments", [])
        voices = [c["by"] for c in comments] + [r["by"] for c in comments for r in c["replies"]]
        wrong += [
            f"{code} {b}" for b in [section["lead"], *(c["body"] for c in contributions)] if b not in known_bodies
        ]
        wrong += [f"{code} {p}" for p in [section["drafter"], *voices] if p not in known_people]
        wrong += [f"{code} {section['status']}"] * (section["status"] not in STATUSES)
        wrong += [f"{code} no reason"] * (section["status"] == "returned" and not section.get("returned_reason"))
        asked = [q for c in contributions for q in c["questions"]] + [c["on"] for c in comments if c["on"] != "section"]
        wrong += [q for q in asked if q.rpartition("-Q")[0] != code]

    assert wrong == []


@pytest.mark.parametrize("name", ["arcadia_cmw_3.yaml", "qamar_cmw_2.yaml"])
def test_a_comment_on_a_paragraph_quotes_what_stands_in_it(name):
    sections = read(name)["sections"]
    quoted = [
        (comment["quote"], section["answers"][comment["on"]]["paragraphs"])
        for section in sections.values()
        for comment in section.get("comments", [])
        if "quote" in comment
    ]

    assert quoted
    assert [quote for quote, texts in quoted if len(quote) > 120 or not any(quote in text for text in texts)] == []


def test_the_periodic_report_of_arcadia_is_of_real_length():
    paragraphs = [p for _, _, answer in answers("arcadia_cmw_3.yaml") for p in answer.get("paragraphs", [])]
    drafted = {section for section, _, _ in answers("arcadia_cmw_3.yaml")}

    assert 9000 <= sum(len(p.split()) for p in paragraphs) <= 12000
    assert len(drafted) >= 22
    assert max(len(p.split()) for p in paragraphs) <= 145


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.name)
def test_no_real_state_is_named(path):
    text = path.read_text(encoding="utf-8")

    assert [name for name in REAL_STATES if re.search(rf"(?<!\w){name}(?!\w)", text)] == []


def test_every_proposed_lead_finds_a_body():
    asked = {
        lead
        for part in questionnaire("cmw-periodic")["parts"]
        for section in part["sections"]
        for lead in [*section["lead"], *section.get("contribute", [])]
    }

    for state in read("states.yaml")["states"]:
        remits = [code for body in state["bodies"] for code in body["remits"]]
        assert sorted(set(remits)) == sorted(remits)
        assert asked - set(remits) == set()


def test_requests_are_complete_on_their_first_page_and_name_what_exists():
    needed = {"title", "need", "in_place", "missing", "kinds", "themes", "provisions", "why_now", "needed_by"}
    needed |= {"counterpart", "language", "agencies", "responsible", "written_by", "positions", "messages", "notes"}
    agencies = {row["code"] for row in read("states.yaml")["agencies"]}

    wrong = []
    for row in read("requests.yaml")["requests"]:
        key, people = row["key"], logins(row["state"])
        wrong += [f"{key} {field}" for field in needed - set(row)]
        wrong += [f"{key} {row['status']}"] * (row["status"] not in REQUEST_STATUSES)
        named = {row["responsible"], row["counterpart"]["body"]}
        wrong += [f"{key} {body}" for body in named - bodies(row["state"])]
        writers = {row["written_by"], row.get("cleared_by", row["written_by"])}
        wrong += [f"{key} {name}" for name in writers - people]
        wrong += [f"{key} {code}" for code in row["agencies"] if code not in agencies]
        sent = row["agencies"] if row["status"] in {"submitted", "returned", "closed"} else []
        wrong += [f"{key} positions"] * ({p["agency"] for p in row["positions"]} != set(sent))
        voices = [m["by"] for m in row["messages"] if "@" not in m["by"]]
        wrong += [f"{key} {name}" for name in voices if name not in people]

    assert wrong == []


def test_no_request_tells_the_agencies_of_a_report():
    telling = re.compile(
        r"(periodic|draft|initial) report|CMWP|questionnaire of the Committee|التقرير الدوري", re.IGNORECASE
    )
    kept = {"arose_from", "internal_priority"}

    rows = read("requests.yaml")["requests"]

    assert [row["key"] for row in rows if telling.search(str({k: v for k, v in row.items() if k not in kept}))] == []


@pytest.mark.parametrize("name", REPORTS)
def test_reports_cite_what_the_library_of_their_state_keeps(name):
    report = read(name)
    kept = {(row["state"], row["key"]) for row in read("library.yaml")["items"]}
    entries = [
        entry
        for section in report["sections"].values()
        for answer in section.get("answers", {}).values()
        for entry in answer.get("content", {}).get("references", [])
    ]

    cited = {(report["state"], entry["library"]) for entry in entries if "library" in entry}

    assert cited
    assert cited - kept == set()
