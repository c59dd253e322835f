"""The catalogue is checked as a whole before any of it is written, and faults name file, line and reason."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Agency, HistoryEntry
from reporting.instruments.exceptions import CatalogueInvalid
from reporting.instruments.models import Instrument, Mechanism, Provision, Theme, ThemeProvision, WordLimit
from reporting.questionnaires.exceptions import QuestionnaireInvalid
from reporting.questionnaires.models import Question, Questionnaire, Section
from reporting.questionnaires.services.catalogue import OWN_FOLDERS, load_catalogue

EDITION = """\
version: 2
code: trial
instrument: CMW
mechanism: treaty_body
edition: trial
title: Trial
for: [initial, periodic]
basis: [CMW/C/2008/1]
language: en
order: articles
notes: ''
parts:
  - code: III
    title: Part III
    sections:
      - code: TRY-A1
        title: Liberty
        articles: ['16(1)-(4)', '17']
        see: ['56']
        lead: [interior]
        contribute: [parliament]
        consult: [nhri]
        guidance:
          - {text: Say who decides, basis: guidelines}
        questions:
          - code: TRY-A1-Q1
            kind: narrative
            text: Describe detention.
            required: true
            tier: core
            basis: treaty
          - code: TRY-A1-Q2
            kind: table
            text: Persons detained.
            tier: core
            basis: general comment 5
            roles: [employment]
            measures:
              - {name: Held, unit: persons, nature: stock, definition: on 31 December}
            rows:
              fixed: [women, men]
            years: 5
            breakdowns: [nationality]
            place: annex
      - code: TRY-A2
        title: Trial
        articles: ['16(5)']
        lead: [justice]
        guidance: []
        questions:
          - code: TRY-A2-Q1
            kind: choice
            text: Indicate whether there is legal aid.
            tier: full
            basis: practice
            export: false
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, EDITION)
    return tmp_path


def write(folder: Path, text: str, name: str = "trial.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if part in line)


def test_the_whole_catalogue_loads_and_a_second_load_writes_nothing(db, statements):
    first = load_catalogue()

    with statements() as seen:
        second = load_catalogue()

    assert (first.instruments, first.themes, first.questionnaires, first.questions) == (37, 67, 27, 855)
    assert Question.objects.count() == 855
    assert second.changes == 0
    assert [sql for sql in seen if not sql.startswith("SELECT")] == []
    assert HistoryEntry.objects.filter(act="catalogue.load").count() == 1
    assert Agency.objects.count() == 12


def test_the_facts_stand_in_the_tables(db):
    load_catalogue()

    cmw = Instrument.objects.get(code="CMW")
    limits = dict(WordLimit.objects.filter(mechanism__code="CMW").values_list("report_kind", "words"))
    assert (cmw.mechanism.code, cmw.initial_due_years, cmw.periodic_years) == ("CMW", 1, 5)
    assert limits == {"initial": 31800, "periodic": 21200, "common_core": 42400, "replies": 10700}
    assert Mechanism.objects.get(code="ILO").state_word == "Member"
    assert Mechanism.objects.get(code="HRI").needs_ratification is False
    assert Theme.objects.get(code="non-discrimination").group == "across"
    assert {row.reference for row in Section.objects.get(code="CMWP-C3").provisions.all()} >= {"17", "24"}
    assert cmw.wording("short_name", "ar")[1] == "ar"
    assert Question.objects.get(code="CMWP-A2-Q1").wording("text", "ar")[1] == "ar"
    assert str(Provision.objects.get(instrument=cmw, article="16", paragraph="")) == "CMW 16"


def test_every_mechanism_instrument_and_theme_has_an_arabic_name_and_mechanisms_their_words(db):
    load_catalogue()

    named = {
        Mechanism: "name",
        Instrument: "title",
        Theme: "title",
    }
    missing = [
        f"{model.__name__} {row.code}"
        for model, name in named.items()
        for row in model.objects.all()
        if row.wording(name, "ar")[1] != "ar"
    ]
    committee = Mechanism.objects.get(code="CMW")
    assert missing == []
    assert committee.wording("name", "ar")[0] == "اللجنة المعنية بحماية حقوق جميع العمال المهاجرين وأفراد أسرهم"
    assert committee.wording("state_word", "ar")[0] == "الدولة الطرف"
    assert Mechanism.objects.get(code="ILO").wording("state_word", "ar")[0] == "الدولة العضو"


def test_an_edition_of_a_folder_stands_on_the_product_s_own_instruments(db, folder):
    loaded = load_catalogue(folder)

    section = Section.objects.get(code="TRY-A1")
    table = Question.objects.get(code="TRY-A1-Q2")
    assert (loaded.questionnaires, loaded.questions) == (1, 3)
    assert [row.reference for row in section.provisions.all()] == ["16(1)-(4)", "17"]
    assert (section.articles, section.see, section.lead) == (["16(1)-(4)", "17"], ["56"], ["interior"])
    assert table.definition["fixed"] == [{"key": "f1", "label": "women"}, {"key": "f2", "label": "men"}]
    assert section.questionnaire.mechanism.code == "CMW"


FAULTS = [
    ("code: trial", "code: other", "code: other", "The code must be the name of the file: “trial”."),
    ("instrument: CMW", "instrument: CMX", "instrument: CMX", "“CMX” is not the code of an instrument."),
    ("TRY-A2\n", "TRY-A1\n", None, "The code “TRY-A1” stands twice; the first is on line 16."),
    ("TRY-A1-Q2", "TRY-A1-Q1", None, "The code “TRY-A1-Q1” stands twice; the first is on line 26."),
    ("TRY-A2-Q1", "TRY-A2-7", "TRY-A2-7", "The code of a question of this section is TRY-A2-Q and a number."),
    ("kind: narrative", "kind: essay", "kind: essay", "“essay” is not one of kind:"),
    ("lead: [interior]", "lead: [parliament]", "lead: [parliament]", "“parliament” is not one of lead:"),
    ("consult: [nhri]", "consult: [labour]", "consult: [labour]", "“labour” is not one of consult:"),
    ("[nationality]", "[shoe_size]", "shoe_size", "“shoe_size” is not one of breakdowns:"),
    ("roles: [employment]", "roles: [tourism]", "tourism", "“tourism” is not one of roles:"),
    ("tier: full", "tier: huge", "tier: huge", "“huge” is not one of tier: core, full."),
    ("['16(5)']", "['161']", "['161']", "CMW has no article “161”."),
    ("['16(5)']", "['sixteen']", "sixteen", "“sixteen” is not a reference such as 16, 16(5), 37(b)-(d) or I.3."),
    ("['16(5)']", "['16(4)']", "['16(4)']", "Article 16(4) leads in section TRY-A1 already"),
    ("['16(5)']", "['17']", "['17']", "Article 17 leads in section TRY-A1 already"),
    (
        "['16(5)']",
        "['18', '40']",
        "'40'",
        "Articles 18, 40 stand in different Parts of CMW; a section stays inside one.",
    ),
    ("export: false", "export: true", None, "A choice is never exported: say export: false."),
    ("years: 5", "years: none", "years: none", "“years” must be a whole number from 1 on."),
    ("nature: stock", "nature: river", "river", "“river” is not one of nature: flow, stock."),
    ("basis: practice", "basis: hearsay", "hearsay", "“hearsay” is no basis"),
    ("tier: full", "tier: full\n            years: 3", "years: 3", "Only a table has “years”."),
    ("title: Liberty", "title: Liberty\n        titel: x", "titel", "A section has no key “titel”."),
    ("for: [initial, periodic]", "for: [weekly]", "for: [weekly]", "“weekly” is not one of for:"),
    ("title: Trial\nfor", "title: [\nfor", None, "This is not YAML:"),
    ("edition: trial", "edition: trial\nedition: again", "edition: again", "This is not YAML: “edition” stands twice."),
    ("version: 2", "version: 1", "version: 1", "The version of the schema must be 2."),
]


@pytest.mark.parametrize(("old", "new", "part", "reason"), FAULTS)
def test_a_fault_names_file_line_and_reason_and_nothing_is_written(db, tmp_path, old, new, part, reason):
    text = EDITION.replace(old, new, 1)
    path = write(tmp_path, text)

    with pytest.raises(QuestionnaireInvalid) as refused:
        load_catalogue(tmp_path)

    fault = next(fault for fault in refused.value.faults if fault.reason.startswith(reason))
    assert fault.file == str(path)
    assert part is None or fault.line == line_of(text, part)
    assert Questionnaire.objects.count() == Instrument.objects.count() == 0


def test_all_faults_of_all_files_are_told_at_once_in_their_order(db, folder):
    write(folder, EDITION.replace("kind: narrative", "kind: essay").replace("tier: full", "tier: huge"))

    with pytest.raises(QuestionnaireInvalid) as refused:
        load_catalogue(folder)

    assert [fault.line for fault in refused.value.faults] == [27, 54]
    assert (refused.value.line, refused.value.file) == (27, str(folder / "trial.yaml"))


def test_a_code_that_two_editions_share_is_refused(db, folder):
    write(folder, EDITION.replace("code: trial", "code: twin"), "twin.yaml")

    with pytest.raises(QuestionnaireInvalid) as refused:
        load_catalogue(folder)

    assert refused.value.reason == "The code “TRY-A1” stands in trial.yaml, line 16, too."
    assert refused.value.file == str(folder / "twin.yaml")


def test_a_changed_file_of_a_published_edition_is_refused_and_the_edition_stays(db, folder):
    load_catalogue(folder)
    write(folder, EDITION.replace("Describe detention.", "Describe prison."))

    with pytest.raises(QuestionnaireInvalid, match="was published with other content"):
        load_catalogue(folder)

    assert Question.objects.get(code="TRY-A1-Q1").text == "Describe detention."


def test_comments_and_layout_are_no_change(db, folder):
    load_catalogue(folder)
    write(folder, "# A remark.\n" + EDITION.replace("tier: full", "tier:   full"))

    assert load_catalogue(folder).changes == 0


def test_a_draft_edition_may_change_until_it_is_published(db, folder):
    draft = EDITION.replace("version: 2", "version: 2\nstatus: draft")
    write(folder, draft)
    load_catalogue(folder)
    write(folder, draft.replace("Describe detention.", "Describe prison."))
    load_catalogue(folder)

    write(folder, EDITION.replace("Describe detention.", "Describe prison."))
    load_catalogue(folder)

    assert Question.objects.get(code="TRY-A1-Q1").text == "Describe prison."
    assert Questionnaire.objects.get(code="trial").status == "published"


def test_a_translation_lies_beside_and_may_come_later(db, folder):
    load_catalogue(folder)
    write(
        folder,
        "code: trial\nlanguage: ar\nquestions:\n  TRY-A1-Q2:\n    text: المحتجزون\n    rows: [نساء, رجال]\n",
        "translations/ar/trial.yaml",
    )

    load_catalogue(folder)

    assert Question.objects.get(code="TRY-A1-Q2").wording("text", "ar") == ("المحتجزون", "ar")
    assert Question.objects.get(code="TRY-A1-Q1").wording("text", "ar") == ("Describe detention.", "en")


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("questions:\n  TRY-A9-Q1: {text: x}\n", "“TRY-A9-Q1” is not in what this file translates."),
        ("questions:\n  TRY-A1-Q2: {rows: [x]}\n", "1 rows translate 2; they must be as many and in the same order."),
    ],
)
def test_a_translation_of_something_else_is_refused(db, folder, entry, reason):
    path = write(folder, f"code: trial\nlanguage: ar\n{entry}", "translations/ar/trial.yaml")

    with pytest.raises(QuestionnaireInvalid) as refused:
        load_catalogue(folder)

    assert (refused.value.file, refused.value.line, refused.value.reason) == (str(path), 4, reason)


def test_a_translation_of_an_unknown_mechanism_is_refused(db, folder):
    write(folder, "language: ar\nmechanisms:\n  CMX: لجنة\n", "translations/ar/mechanisms.yaml")

    with pytest.raises(QuestionnaireInvalid) as refused:
        load_catalogue(folder)

    assert (refused.value.line, refused.value.reason) == (3, "“CMX” is not the code of a mechanism.")


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("themes.yaml", "group: across", "group: nowhere", "“nowhere” is not one of group:"),
        ("themes.yaml", "coverage: gap", "coverage: hole", "“hole” is not one of coverage:"),
        ("themes.yaml", "    - 2(2)", "    - 99(2)", "ICESCR has no article “99”."),
        ("instruments.yaml", "mechanism: CMW", "mechanism: CMX", "“CMX” is not the code of a mechanism."),
        (
            "instruments.yaml",
            "adopted: '1990-12-18'",
            "adopted: '1990'",
            "“adopted” must be a date such as 1990-12-18.",
        ),
        ("instruments.yaml", "code: CMW", "code: CRPD", "The code “CRPD” stands twice."),
        ("agencies.yaml", "  - non-discrimination", "  - nonsense", "“nonsense” is not one of lead_themes:"),
        ("mechanisms.yaml", "words: 31800", "words: many", "“words” must be a whole number from 1 on."),
    ],
)
def test_a_fault_in_the_reference_files_stops_everything(db, tmp_path, name, old, new, reason):
    source = next(folder / name for folder in OWN_FOLDERS if (folder / name).is_file())
    path = write(tmp_path, source.read_text().replace(old, new, 1), name)

    with pytest.raises(CatalogueInvalid) as refused:
        load_catalogue(tmp_path)

    assert reason in "\n".join(fault.reason for fault in refused.value.faults if fault.file == str(path))
    assert Mechanism.objects.count() == 0


def test_a_fact_that_changed_in_the_file_changes_in_the_table_and_what_is_gone_from_a_theme_goes(db, tmp_path):
    load_catalogue()
    source = (OWN_FOLDERS[0] / "themes.yaml").read_text()
    write(
        tmp_path,
        source.replace("title: Torture and ill-treatment", "title: Torture").replace("    - '7'\n", "", 1),
        "themes.yaml",
    )
    links = ThemeProvision.objects.count()

    load_catalogue(tmp_path)

    assert Theme.objects.get(code="torture").title == "Torture"
    assert ThemeProvision.objects.count() == links - 1


def test_the_command_tells_what_it_loaded_and_every_fault(db, folder):
    out = StringIO()

    call_command("load_catalogue", str(folder), stdout=out)
    write(folder, EDITION.replace("kind: narrative", "kind: essay"))
    with pytest.raises(CommandError) as refused:
        call_command("load_catalogue", str(folder))

    assert out.getvalue().startswith("Instruments: 37, themes: 67, questionnaires: 1, questions: 3; rows changed:")
    assert f"{folder / 'trial.yaml'}:27: “essay” is not one of kind" in str(refused.value)
    with pytest.raises(CommandError, match="There is no such folder"):
        call_command("load_catalogue", str(folder / "nowhere"))
