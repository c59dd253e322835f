"""Run a command with DATABASE_URL set to a PostgreSQL server: ``python -m tests.postgres pytest …``.

Without a server the run is left out and says so; where SERVANDA_MUST_RUN is set, it fails.
"""

import os
import subprocess
import sys

import psycopg

LOCAL = "postgres://postgres@127.0.0.1:5432/servanda"


def main() -> int:
    url = os.environ.get("DATABASE_URL") or LOCAL
    server = url.replace("postgres://", "postgresql://").rsplit("/", 1)[0] + "/postgres"
    try:
        psycopg.connect(server, connect_timeout=5).close()
    except psycopg.OperationalError as error:
        print(f"\n*** LEFT OUT: the tests on PostgreSQL. No server answers ({error}). ***\n")
        return 1 if os.environ.get("SERVANDA_MUST_RUN") else 0
    return subprocess.call(sys.argv[1:], env={**os.environ, "DATABASE_URL": url})


if __name__ == "__main__":
    sys.exit(main())
