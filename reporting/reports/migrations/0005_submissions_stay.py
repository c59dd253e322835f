"""A submission is never deleted, nor is the table of submissions emptied. May run twice, as its guard may be set."""

from django.db import migrations

from accounts.append_only import Guard

GUARD = Guard("reports_submission", "submission", "a submission is never deleted", ("DELETE",))


def guard(apps, editor):
    GUARD.set(editor.connection)


def unguard(apps, editor):
    GUARD.lift(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_paragraph_in_one_answer")]

    operations = [migrations.RunPython(guard, unguard)]
