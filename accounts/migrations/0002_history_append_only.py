"""The database refuses to change or delete an act. May run twice: it drops the triggers before it makes them."""

from django.db import migrations

from accounts import append_only


def lock(apps, schema_editor):
    append_only.lock(schema_editor.connection)


def unlock(apps, schema_editor):
    append_only.unlock(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(lock, unlock)]
