"""What was written before is found like what is written from now on: its text, folded."""

from django.db import migrations, models

from reporting.text.folding import fold

BATCH = 500


def fill(apps, editor):
    paragraphs = apps.get_model("reports", "Paragraph")._base_manager.using(editor.connection.alias)
    last = 0
    while rows := list(paragraphs.filter(pk__gt=last).order_by("pk").only("pk", "text")[:BATCH]):
        for row in rows:
            row.folded = fold(row.text)
        paragraphs.bulk_update(rows, ["folded"])
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_submissions_stay")]

    operations = [
        migrations.AddField("paragraph", "folded", models.TextField(blank=True, default="", editable=False), False),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
