"""PostgreSQL also refuses to empty the table of acts. May run twice: it drops the triggers before it makes them."""

from django.db import migrations

from accounts import append_only


def lock(apps, schema_editor):
    append_only.lock(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_history_append_only")]

    operations = [migrations.RunPython(lock, migrations.RunPython.noop)]
