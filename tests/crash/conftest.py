"""A prepared database of its own for each crash, on SQLite and on PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
POSTGRES = os.environ.get("CRASH_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/servanda_crash")


def environment(database: str, folder: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SERVANDA_", "DJANGO_", "DATABASE_"))}
    kept |= {"SERVANDA_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return kept if database == "sqlite" else {**kept, "DATABASE_URL": POSTGRES}


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The environment of a prepared database of its own."""
    if request.param == "postgresql":
        base, _slash, name = POSTGRES.replace("postgres://", "postgresql://").rpartition("/")
        try:
            with psycopg.connect(f"{base}/postgres", autocommit=True, connect_timeout=5) as connection:
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
                connection.execute(f'CREATE DATABASE "{name}"')
        except psycopg.OperationalError as error:
            sentence = f"*** LEFT OUT: crashes on PostgreSQL. No server answers ({error}). ***"
            if os.environ.get("SERVANDA_MUST_RUN"):
                pytest.fail(sentence)
            print(sentence, file=sys.__stderr__)
            pytest.skip(sentence)
    variables = environment(request.param, tmp_path)
    subprocess.run(
        [sys.executable, "-m", "tests.crash.writer", "prepare"], cwd=ROOT, env=variables, check=True, timeout=180
    )
    return variables
