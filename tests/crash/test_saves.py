"""A save that was confirmed is on disk and in the history, whenever the process is killed."""

import os
import random
import signal
import subprocess
import sys
import threading
import time

import pytest

from tests.crash.conftest import ROOT

ROUNDS = int(os.environ.get("ROUNDS", "5"))

pytestmark = pytest.mark.crash

CHECK = """
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
import django
django.setup()
from reporting.reports.models import Answer, AnswerVersion, ParagraphVersion
from reporting.reports.services.versions import version_digest
import sys
for line in sys.stdin.read().splitlines():
    pk, number, text = line.split(" ", 2)
    version = AnswerVersion.objects.get(answer=pk, number=number)
    assert ParagraphVersion.objects.filter(version=version, text=text).exists(), f"{line} is not in the history"
for answer in Answer.objects.filter(version__gt=0):
    versions = list(answer.versions.order_by("number"))
    assert [v.number for v in versions] == list(range(1, answer.version + 1)), "a version is missing or half-written"
    before = ""
    for version in versions:
        changes = list(version.paragraphs.order_by("pk"))
        assert version.previous_sha256 == before
        assert version.sha256 == version_digest(version, changes), f"version {version.number} is not whole"
        before = version.sha256
    assert answer.version_sha256 == before
    assert [str(p.key) for p in answer.paragraphs.order_by("position")] == versions[-1].order
print("whole")
"""


def test_no_confirmed_save_is_missing_and_none_is_half_written_after_kill_9(world: dict[str, str]):
    confirmed: list[str] = []
    chance = random.Random()

    for round_number in range(ROUNDS):
        confirmed += run_until_killed(world, round_number, after=chance.uniform(0.3, 1.5))

        checked = subprocess.run(
            [sys.executable, "-c", CHECK],
            cwd=ROOT,
            env=world,
            input="\n".join(confirmed),
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert checked.stdout.strip() == "whole", checked.stderr[-2000:]

    assert len(confirmed) >= ROUNDS


def run_until_killed(variables: dict[str, str], seed: int, *, after: float) -> list[str]:
    """The saves that the process confirmed before it was killed, ``after`` seconds past its first one."""
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.crash.writer", "write", str(seed)],
        cwd=ROOT,
        env=variables,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    lines: list[str] = []
    reader = threading.Thread(target=lambda: lines.extend(writer.stdout))
    reader.start()
    deadline = time.monotonic() + 60
    while not lines and writer.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(after)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    reader.join()
    writer.stdout.close()
    return [line.rstrip("\n") for line in lines if line.endswith("\n")]
