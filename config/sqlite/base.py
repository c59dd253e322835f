"""Django's SQLite, told how many values this library takes in one statement.

Django counts on 999, the limit of libraries before 2020, and cuts longer inserts into several
statements: a save of three hundred paragraphs would cost more of them than one of three.
"""

import sqlite3
from functools import cached_property

from django.db.backends.sqlite3 import base, features


class DatabaseFeatures(features.DatabaseFeatures):
    @cached_property
    def max_query_params(self) -> int:  # type: ignore[override]
        with self.connection.cursor():  # there is a connection now
            return int(self.connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER))


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
