"""The acts cannot be changed or deleted: the database itself refuses, whoever asks."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "accounts_historyentry"
SENTENCE = "The record of acts is append-only."

SQLITE = {
    "lock": [
        f"CREATE TRIGGER history_no_{act.lower()} BEFORE {act} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        for act in ("UPDATE", "DELETE")
    ],
    "unlock": ["DROP TRIGGER IF EXISTS history_no_update", "DROP TRIGGER IF EXISTS history_no_delete"],
}
POSTGRESQL = {
    "lock": [
        "CREATE OR REPLACE FUNCTION history_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$",
        f"CREATE TRIGGER history_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION history_refuse()",
        f"CREATE TRIGGER history_no_truncate BEFORE TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION history_refuse()",
    ],
    "unlock": [
        f"DROP TRIGGER IF EXISTS history_no_change ON {TABLE}",
        f"DROP TRIGGER IF EXISTS history_no_truncate ON {TABLE}",
    ],
}
BY_VENDOR = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def lock(connection: BaseDatabaseWrapper) -> None:
    _execute(connection, "unlock")
    _execute(connection, "lock")


def unlock(connection: BaseDatabaseWrapper) -> None:
    """Only for emptying a whole database, and for migrations."""
    _execute(connection, "unlock")


def _execute(connection: BaseDatabaseWrapper, what: str) -> None:
    with connection.cursor() as cursor:
        for statement in BY_VENDOR[connection.vendor][what]:
            cursor.execute(statement)
