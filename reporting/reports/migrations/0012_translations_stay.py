"""What a save made of a translation is never changed or deleted. May run twice, as its guard may be set."""

from django.db import migrations

from accounts.append_only import Guard

GUARD = Guard("reports_translationversion", "translation", "versions of a translation stay as they are")


def guard(apps, editor):
    GUARD.set(editor.connection)


def unguard(apps, editor):
    GUARD.lift(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("reports", "0011_translations")]

    operations = [migrations.RunPython(guard, unguard)]
