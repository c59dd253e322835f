"""What stops a set-up is said in one sentence, and the next start goes on from there."""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from config import preparation

ROOT = Path(__file__).resolve().parents[2]
RUN = "import runpy; runpy.run_path('config/bootstrap.py', run_name='__main__')"


@pytest.fixture
def clone(tmp_path) -> Path:
    """As much of a fresh clone as the set-up reads."""
    (tmp_path / "config").mkdir()
    for name in ("config/bootstrap.py", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def environment(clone: Path, *, pip: int = 0, says: str = "", whole: bool = True) -> None:
    """An environment whose pip ends with ``pip`` after saying something; without pip at all unless ``whole``."""
    folder = clone / ".venv" / "bin"
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "python"
    version = 0 if whole else 1
    program.write_text(
        f'#!/bin/sh\n[ "$3" = --version ] && exit {version}\n'
        f'[ "$3" = install ] && echo "{says}" && exit {pip}\nexit 9\n'
    )
    program.chmod(0o755)


def set_up(clone: Path, before: str = "") -> tuple[int, str, str]:
    """(exit status, output, errors) of the set-up, after the statements in ``before``."""
    done = subprocess.run(
        [sys.executable, "-c", f"import os, sys; {before}\n{RUN}"],
        cwd=clone,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(clone)},
    )
    return done.returncode, done.stdout, done.stderr


def sentence(errors: str) -> str:
    lines = [line for line in errors.splitlines() if line]
    assert len(lines) == 1, errors
    return lines[0].removeprefix("Servanda cannot be set up: ")


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (
            "sys.version_info = (3, 9, 2)",
            "this is Python 3.9, and it needs 3.11 or later. Install a newer one and run: make run PYTHON=python3.11",
        ),
        (
            "sys.modules['ensurepip'] = None",
            "this Python has no venv. On Debian or Ubuntu install it with: apt install python{}.{}-venv".format(
                *sys.version_info[:2]
            ),
        ),
        (
            "os.access = lambda path, mode: False",
            "the folder {clone} cannot be written. Copy it to a folder of your own, or change its rights.",
        ),
    ],
)
def test_what_is_missing_before_anything_is_made(clone, before, said):
    status, _out, errors = set_up(clone, before)

    assert (status, sentence(errors)) == (1, said.format(clone=clone))
    assert not (clone / ".venv").exists()


@pytest.mark.parametrize(
    ("says", "said"),
    [
        ("WARNING: Retrying after NewConnectionError: Failed to establish a new connection", "no Python package index"),
        ("ERROR: Could not find a version that satisfies the requirement django==5.2", "no Python package index"),
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "the disk is full.",
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "a package is not the one that was recorded here"),
        ("ERROR: Something that nobody has seen yet", "the packages could not be installed. What it said stands in "),
    ],
)
def test_a_set_up_that_fails_says_why_and_goes_on_with_the_next_start(clone, says, said):
    environment(clone, pip=1, says=says)
    status, _out, errors = set_up(clone)
    assert status == 1
    assert sentence(errors).startswith(said)
    assert (clone / "servanda-set-up.log").read_text().strip() == says

    environment(clone)
    assert set_up(clone) == (0, "Installing packages, about half a minute …\n", "")
    assert set_up(clone) == (0, "", "")


def test_an_environment_that_was_half_made_is_made_again(clone):
    environment(clone, whole=False)
    status, out, errors = set_up(clone, "sys.executable = '/bin/false'")

    assert out.startswith("Making the virtual environment …")
    assert (status, sentence(errors).partition(" What")[0]) == (
        1,
        f"the virtual environment could not be made in {clone / '.venv'}.",
    )


def test_a_port_that_is_taken_or_none_is_said_with_what_to_type():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {port} is taken\. Choose another one: make run PORT=\d+$"):
            call_command("serve", port=port)
    with pytest.raises(CommandError, match="There is no port 99999"):
        call_command("serve", port=99999)


def test_settings_that_cannot_work_are_said_in_one_sentence(tmp_path):
    def start(**variables: str) -> str:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SERVANDA", "DJANGO"))}
        done = subprocess.run(
            [sys.executable, "manage.py", "check"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            env={**kept, "SERVANDA_SECRET_KEY": "", **variables},
        )
        assert done.returncode == 1
        return done.stderr.strip()

    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" / "data"
    assert start(SERVANDA_DATA=str(folder), SERVANDA_DEMO="1", DATABASE_URL="") == (
        f"Servanda cannot start: The data folder {folder} cannot be made: Not a directory. "
        "Set SERVANDA_DATA to another one."
    )
    assert start(SERVANDA_DEMO="0", SERVANDA_DEBUG="0") == (
        "Servanda cannot start: Set SERVANDA_SECRET_KEY to a long random text."
    )


def test_what_was_prepared_is_forgotten_with_its_database_or_when_half_written(tmp_path, settings, monkeypatch):
    stamp, database = tmp_path / preparation.STAMP, tmp_path / "servanda.sqlite3"
    file = {"ENGINE": "django.db.backends.sqlite3", "NAME": database}
    monkeypatch.setitem(settings.DATABASES, "default", file)
    stamp.write_text(json.dumps({"tables": "abc"}))
    assert preparation._before(stamp) == {}

    database.write_text("")
    assert preparation._before(stamp) == {"tables": "abc"}

    stamp.write_text('{"tables": "a')
    assert preparation._before(stamp) == {}
