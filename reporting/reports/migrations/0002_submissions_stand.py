"""A submission is immutable: the database itself refuses to change one."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER reports_submission_stands BEFORE UPDATE ON reports_submission
BEGIN SELECT RAISE(ABORT, 'a submission is never changed'); END;
"""
POSTGRESQL = """
CREATE FUNCTION reports_submission_stands() RETURNS trigger AS $body$
BEGIN RAISE EXCEPTION 'a submission is never changed' USING ERRCODE = 'integrity_constraint_violation'; END;
$body$ LANGUAGE plpgsql;
CREATE TRIGGER reports_submission_stands BEFORE UPDATE ON reports_submission
FOR EACH ROW EXECUTE FUNCTION reports_submission_stands();
"""


def guard(apps, editor):
    editor.execute(SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL)


def unguard(apps, editor):
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TRIGGER reports_submission_stands")
    else:
        editor.execute("DROP TRIGGER reports_submission_stands ON reports_submission")
        editor.execute("DROP FUNCTION reports_submission_stands()")


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
