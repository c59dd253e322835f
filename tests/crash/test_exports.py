"""A file that somebody asked for is made, whichever worker dies over it; after three deaths they are told."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crash.conftest import ROOT

pytestmark = pytest.mark.crash


def exporter(world: dict[str, str], what: str) -> subprocess.Popen[str]:
    line = [sys.executable, "-m", "tests.crash.exporter", what]
    return subprocess.Popen(line, cwd=ROOT, env=world, stdout=subprocess.PIPE, text=True)


def killed_while_it_draws(world: dict[str, str], what: str) -> None:
    with exporter(world, what) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "drawing\n"
        process.send_signal(signal.SIGKILL)


def finished(world: dict[str, str]) -> str:
    with exporter(world, "finish") as process:
        return process.communicate(timeout=120)[0].strip()


def files(world: dict[str, str]) -> list[Path]:
    return [path for path in (Path(world["SERVANDA_DATA"]) / "files" / "jobs").rglob("*") if path.is_file()]


def test_the_job_of_a_killed_worker_is_taken_up_again_and_ends_with_one_file(world):
    killed_while_it_draws(world, "ask")
    assert files(world) == []

    assert finished(world) == "done 2 %PDF"
    assert len(files(world)) == 1


def test_after_three_killed_workers_it_is_given_up_with_a_sentence(world):
    killed_while_it_draws(world, "ask")
    killed_while_it_draws(world, "again")
    killed_while_it_draws(world, "again")

    assert finished(world) == "failed 3  This was tried three times and did not come to an end."
    assert files(world) == []
