"""A process that saves without end and says which saves were confirmed; killed by the test at any moment.

python -m tests.crash.writer prepare      # tables, two people, one report
python -m tests.crash.writer write SEED   # prints "answer version text" after each confirmed save
"""

import os
import random
import sys
from types import SimpleNamespace

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - the apps must be ready

from accounts.choices import BodyKind, Role  # noqa: E402
from accounts.models import User  # noqa: E402
from reporting.reports.models import Answer, ReportSection  # noqa: E402
from reporting.reports.services.answer import AnswerEdit, save_answers  # noqa: E402
from reporting.text.pieces import Piece  # noqa: E402
from tests import factories  # noqa: E402
from tests.reporting.reports import writing  # noqa: E402


def prepare() -> None:
    call_command("migrate", verbosity=0)
    arcadia = factories.state("Arcadia", "ARC")
    mechanism = factories.body(arcadia, "mechanism", kind=BodyKind.MECHANISM, coordinates=True)
    health, justice = (factories.body(arcadia, name, remits=[name]) for name in ("health", "justice"))
    cast = SimpleNamespace(
        arcadia=arcadia,
        mechanism=mechanism,
        health=health,
        justice=justice,
        amina=factories.member("Amina", mechanism, Role.COORDINATOR),
        dana=factories.member("Dana", health, Role.DRAFTER, email="dana@example.org"),
    )
    writing.report(cast)


def write(seed: int) -> None:
    """Change a few paragraphs of the first answer again and again; a line is printed when the save has returned."""
    chance = random.Random(seed)
    dana = User.objects.get(email="dana@example.org")
    section = ReportSection.objects.select_related("report__cycle", "section__part", "lead").get(slug="f1")
    while True:
        answer = Answer.objects.filter(section=section).order_by("question__position").first()
        assert answer is not None
        pieces = [Piece(str(row.key), row.text) for row in answer.paragraphs.order_by("position")][-4:]
        text = f"Saved {seed} {answer.version + 1} {chance.random()}"
        pieces.append(Piece(f"00000000-0000-4000-8000-{answer.version + 1:012d}", text))
        saved = save_answers(section, [AnswerEdit(answer.pk, answer.version, paragraphs=pieces)], by=dana)
        print(answer.pk, saved.versions[answer.pk], text, flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare()
    else:
        write(int(sys.argv[2]))
