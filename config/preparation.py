"""What has to be there before the server starts: tables, catalogue, messages, static files.

Each step runs only when what it depends on has changed, so a second start takes seconds.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from config import demonstration, messages

STAMP = "prepared.json"
ROOMS = ["accounts", "config", "exports", "reporting"]


def prepare(*, demo: bool, say: Callable[[str], object]) -> None:
    """Run the steps whose inputs changed since the last time."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    stamp = settings.DATA_DIR / STAMP
    before = _before(stamp)
    after = dict(before)
    for name, sentence, inputs, run in _steps():
        digest = _digest(inputs)
        if before.get(name) != digest:
            say(f"{sentence} …")
            run()
            after[name] = digest
            stamp.write_text(json.dumps(after))
    if demo and not demonstration.exists():
        say("Making the demonstration, about a minute …")
        call_command("demo")


def _before(stamp: Path) -> dict[str, str]:
    """What was prepared before: nothing where the stamp was half written, or the database was taken away."""
    database = settings.DATABASES["default"]
    if "sqlite" in str(database["ENGINE"]) and not Path(str(database["NAME"])).is_file():
        return {}
    try:
        return dict(json.loads(stamp.read_text()))
    except (OSError, ValueError):
        return {}


def logins() -> str:
    """The demonstration's logins, as printed at its start."""
    lines = ["", "Sign in with the password servanda-demo as", ""]
    lines += [f"  {email:34} {what}" for email, what in demonstration.LOGINS]
    return "\n".join([*lines, ""])


def _steps() -> list[tuple[str, str, list[Path], Callable[[], object]]]:
    base = settings.BASE_DIR
    migrations = [path for room in ROOMS for path in (base / room).rglob("migrations/*.py")]
    catalogue = list((base / "reporting").rglob("catalogue/**/*.yaml"))
    static = [path for path in (base / "config" / "static").rglob("*") if path.is_file()]
    locale = [path for folder in settings.LOCALE_PATHS for path in folder.rglob("*.po")]
    catalogue += [path for folder in settings.LANGUAGE_FOLDERS for path in folder.glob("translations/*/*.yaml")]
    requirements = [base / "requirements.txt"]
    return [
        (
            "tables",
            "Preparing the database",
            [*migrations, *requirements],
            lambda: call_command("migrate", verbosity=0),
        ),
        ("messages", "Compiling translations", locale, messages.compile_all),
        ("catalogue", "Loading instruments and questionnaires", [*catalogue, *migrations], _load_catalogue),
        ("static", "Collecting static files", [*static, *requirements, base / "config" / "static_files.py"], _collect),
    ]


def _load_catalogue() -> None:
    call_command("load_catalogue", verbosity=0)


def _collect() -> None:
    call_command("collectstatic", interactive=False, verbosity=0)


def _digest(paths: Iterable[Path]) -> str:
    """Changes when a file does; names, sizes and times are enough, and quick."""
    kept_in = (settings.DATABASES["default"]["NAME"], settings.STORAGES["staticfiles"]["BACKEND"])
    digest = hashlib.sha256(" ".join(map(str, kept_in)).encode())
    for path in sorted(set(paths)):
        facts = path.stat()
        digest.update(f"{os.path.relpath(path, settings.BASE_DIR)} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
