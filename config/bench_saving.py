"""What saving and opening a section cost beside bare views: ratios of the same run, in a database of its own.

``python -m config.bench_saving`` prints them; ``measure`` gives them to ``make bench``. The bare views are signed
in, behind the same middleware and in the same database: one changes a single row, one shows sixty boxes of text.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

# Most that each ratio may be.
LIMITS = {
    "save_sqlite": 4.0,
    "save_postgresql": 3.0,
    "section_page": 3.0,  # beside boxes drawn by one loop of a template
    "section_page_by_form": 3.0,  # beside the same boxes as fields of one of Django's forms
    "section_page_long_history": 1.3,  # beside itself, twenty times the versions later
    "save_long_history": 1.3,
}
_PROJECT = Path(__file__).resolve().parent.parent
AS_SERVED = {
    "SERVANDA_DEBUG": "0",
    "SERVANDA_DEMO": "0",
    "SERVANDA_SECRET_KEY": "a-long-text-that-only-this-measurement-uses-and-nobody-else",
    "SERVANDA_HTTPS": "0",
    "SERVANDA_COLLECTED": "0",
    "SERVANDA_POOL": "0",
}
QUESTIONS, PARAGRAPHS = 12, 5  # sixty paragraphs
EARLIER = 10  # versions of each answer
TEXT = "Private employment agencies are licensed by the Ministry of Labour under Act No. 22 of 2019. " * 4


def measure(rounds: int = 3) -> dict[str, float]:
    """Ratio of time by name, the median of ``rounds`` times twenty requests; on the database that is configured."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "SERVANDA_DATA": folder, **AS_SERVED}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        done = subprocess.run(  # noqa: S603 our own module
            [sys.executable, "-m", "config.bench_saving", str(rounds)],
            cwd=_PROJECT,
            check=True,
            capture_output=True,
            env=environment,
        )
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def main(rounds: int) -> dict[str, float]:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.db import connection

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, serialize=False, autoclobber=True)
    try:
        return _ratios(rounds, "save_sqlite" if connection.vendor == "sqlite" else "save_postgresql")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _ratios(rounds: int, save: str) -> dict[str, float]:
    from django.test import override_settings

    with override_settings(ROOT_URLCONF="config.bench_bare"):
        made = _Section()
        sides = (made, _Bare(made))
        for side in sides:
            _timed(side.page, 3)
            _timed(side.save, 3)
        names = ["section_page", save, "section_page_by_form"]
        found: dict[str, list[float]] = {name: [] for name in names}
        early = [_timed(made.page, 20), _timed(made.save, 20)]
        for _round in range(rounds):
            ours, bare = ([_timed(side.page, 20), _timed(side.save, 20)] for side in sides)
            form = _timed(sides[1].form, 20)
            for name, ratio in zip(names, (ours[0] / bare[0], ours[1] / bare[1], ours[0] / form), strict=True):
                found[name].append(ratio)
        made.grow(20 * EARLIER)
        late = [_timed(made.page, 20), _timed(made.save, 20)]
    result = {name: round(statistics.median(ratios), 2) for name, ratios in found.items()}
    names = ["section_page_long_history", "save_long_history"]
    return result | {name: round(b / a, 2) for name, a, b in zip(names, early, late, strict=True)}


def _timed(prepare: Callable[[], Callable[[], int]], times: int) -> float:
    """Seconds of one request: the median of ``times``. What a browser would do is prepared apart."""
    found = []
    for _time in range(times):
        send = prepare()
        start = time.perf_counter()
        assert send() < 400
        found.append(time.perf_counter() - start)
    return statistics.median(found)


class _Section:
    """A section of twelve questions with five paragraphs each, all with history and comments; and who drafts it."""

    def __init__(self) -> None:
        self.user, self.section = _written()
        self.client = _signed_in(self.user)
        self.address = f"/reports/{self.section.report.slug}/sections/{self.section.slug}/"
        self.turn = 0

    def page(self) -> Callable[[], int]:
        return lambda: self.client.get(self.address).status_code

    def save(self) -> Callable[[], int]:
        """One paragraph changed, as the page sends it by itself."""
        from reporting.reports.models import Answer

        self.turn += 1
        answer = Answer.objects.filter(section=self.section).latest("pk")
        text = {str(answer.paragraphs.earliest("position").key): f"{TEXT}Changed {self.turn}."}
        sent = {"v": answer.version, "text": text}
        body = {"id": str(uuid.uuid4()), "for": self.user.pk, "answers": {answer.pk: sent}}
        return lambda: self.client.post(f"{self.address}changes/", body, content_type="application/json").status_code

    def grow(self, times: int) -> None:
        """As many more versions of every answer."""
        from reporting.reports.services.answer import AnswerEdit, save_answers
        from reporting.text.pieces import Piece

        for turn in range(times):
            edits = [
                AnswerEdit(
                    each.pk,
                    each.version,
                    paragraphs=[Piece(str(row.key), f"{TEXT}{turn}") for row in each.paragraphs.all()],
                )
                for each in self.section.answers.prefetch_related("paragraphs")
            ]
            save_answers(self.section, edits, by=self.user)


class _Bare:
    """The same texts through views that do nothing else."""

    def __init__(self, made: _Section) -> None:
        from reporting.reports.models import Paragraph

        self.client = _signed_in(made.user)
        self.pk = Paragraph.objects.filter(answer__section=made.section).earliest("pk").pk
        self.turn = 0

    def page(self) -> Callable[[], int]:
        return lambda: self.client.get("/bare/").status_code

    def form(self) -> Callable[[], int]:
        return lambda: self.client.get("/bare/form/").status_code

    def save(self) -> Callable[[], int]:
        self.turn += 1
        return _posting(self.client, f"/bare/{self.pk}/", {"text": f"{TEXT}Bare {self.turn}."})


def _posting(client: Any, address: str, data: dict[str, str]) -> Callable[[], int]:
    body = urlencode(data)
    return lambda: client.post(address, body, content_type="application/x-www-form-urlencoded").status_code


def _signed_in(user: Any) -> Any:
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _written() -> tuple[Any, Any]:
    """(drafter, section), made by the services that the pages use."""
    import datetime

    from accounts.choices import BodyKind, Role
    from accounts.services import bodies, people
    from reporting.cycles.services import open_cycle
    from reporting.instruments.models import Instrument, Mechanism, Ratification
    from reporting.questionnaires.models import Part, Question, Questionnaire, Section
    from reporting.reports.models import ReportSection
    from reporting.reports.services.answer import AnswerEdit, save_answers
    from reporting.reports.services.comment import add_comment
    from reporting.reports.services.move import move_report
    from reporting.reports.services.report import start_report
    from reporting.reports.services.section import Assignment, assign_sections
    from reporting.text.pieces import Piece

    state = bodies.create_state(code="MEA", name="Measured")
    office = bodies.create_body(state, slug="office", name="Office", kind=BodyKind.MECHANISM, coordinates=True)
    health = bodies.create_body(state, slug="health", name="Health", kind=BodyKind.MINISTRY, remits=["health"])
    amina = people.create_person(email="amina@example.org", name="Amina", state=state)
    dana = people.create_person(email="dana@example.org", name="Dana", state=state)
    people.join(amina, office, role=Role.COORDINATOR, by=None)
    people.join(dana, health, role=Role.DRAFTER, by=None)
    mechanism = Mechanism.objects.create(code="M", name="Committee", acronym="M", family="treaty_body")
    treaty = Instrument.objects.create(
        code="T", short_name="T", title="T", kind="convention", has_reporting=True, mechanism=mechanism
    )
    Ratification.objects.create(state_party=state, instrument=treaty, in_force_on=datetime.date(2005, 1, 1))
    made = Questionnaire.objects.create(
        code="q",
        instrument=treaty,
        mechanism=mechanism,
        edition="1",
        title="Q",
        kinds=["periodic"],
        order="articles",
        status="published",
        content_sha256="0" * 64,
    )
    part = Part.objects.create(questionnaire=made, code="F", title="Part", position=1)
    section = Section.objects.create(
        questionnaire=made, part=part, code="Q-F1", title="Subject", articles=["7"], lead=["health"], position=1
    )
    for number in range(1, QUESTIONS + 1):
        Question.objects.create(
            section=section, code=f"Q-F1-Q{number}", kind="narrative", text=f"Describe {number}.", position=number
        )
    cycle = open_cycle(treaty, number_from=1, coordinating_body=office, by=amina)
    report = start_report(cycle, questionnaire=made, kind="periodic", by=amina)
    rows = [Assignment(row.pk, health.pk, None, row.allotment) for row in report.sections.all()]
    assign_sections(report, rows, by=amina)
    move_report(report, move="open", by=amina)
    row = ReportSection.objects.select_related("report").get(report=report)
    keys = {each.pk: [str(uuid.uuid4()) for _place in range(PARAGRAPHS)] for each in row.answers.all()}
    for version in range(EARLIER):
        edits = [
            AnswerEdit(pk, version, paragraphs=[Piece(key, f"{TEXT}{version}") for key in mine])
            for pk, mine in keys.items()
        ]
        save_answers(row, edits, by=dana)
    for answer in row.answers.all():
        for key in keys[answer.pk]:
            add_comment(row, text="Which year?", by=dana, answer=answer, paragraph_key=key)
    return dana, row


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)))
