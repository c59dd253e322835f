"""What cannot be changed or deleted, acts above all: the database itself refuses, whoever asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "accounts_historyentry"
SENTENCE = "The record of acts is append-only."


@dataclass(frozen=True)
class Guard:
    """Triggers on a table that refuse ``acts`` with a sentence, and on PostgreSQL TRUNCATE too.

    ``name`` begins the names of the triggers and of their function.
    """

    table: str
    name: str
    sentence: str
    acts: tuple[str, ...] = ("UPDATE", "DELETE")

    def set(self, connection: BaseDatabaseWrapper) -> None:
        self.lift(connection)
        self._execute(connection, self._on_sqlite() if connection.vendor == "sqlite" else self._on_postgresql())

    def lift(self, connection: BaseDatabaseWrapper) -> None:
        """Only for emptying a whole database, and for migrations."""
        if connection.vendor == "sqlite":
            dropped = [f"DROP TRIGGER IF EXISTS {self.name}_no_{act.lower()}" for act in self.acts]
        else:
            dropped = [
                f"DROP TRIGGER IF EXISTS {self.name}_no_{what} ON {self.table}" for what in ("change", "truncate")
            ]
        self._execute(connection, dropped)

    def _on_sqlite(self) -> list[str]:
        return [
            f"CREATE TRIGGER {self.name}_no_{act.lower()} BEFORE {act} ON {self.table} "
            f"BEGIN SELECT RAISE(ABORT, '{self.sentence}'); END"
            for act in self.acts
        ]

    def _on_postgresql(self) -> list[str]:
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{self.sentence}'; END $$",
            f"CREATE TRIGGER {self.name}_no_change BEFORE {' OR '.join(self.acts)} ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.name}_refuse()",
            f"CREATE TRIGGER {self.name}_no_truncate BEFORE TRUNCATE ON {self.table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {self.name}_refuse()",
        ]

    @staticmethod
    def _execute(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


HISTORY = Guard(TABLE, "history", SENTENCE)
guards = [HISTORY]  # each room adds its own


def lock(connection: BaseDatabaseWrapper) -> None:
    HISTORY.set(connection)


def unlock(connection: BaseDatabaseWrapper) -> None:
    """Only for emptying a whole database, and for migrations."""
    HISTORY.lift(connection)


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """While a whole database is emptied: no guard of any room stands in the way; all stand again afterwards."""
    for guard in guards:
        guard.lift(connection)
    try:
        yield
    finally:
        for guard in guards:
            guard.set(connection)
