"""Requests that no agency was sent lose the reference that they were given as drafts.

What was submitted keeps its own: agencies know it by that. The step may run twice, since it only empties.
"""

from django.db import migrations, models


def take_back(apps, editor):
    rows = apps.get_model("assistance", "AssistanceRequest").objects
    rows.filter(last_version=None).update(reference=None, year=None, number=None)


class Migration(migrations.Migration):
    dependencies = [("assistance", "0002_reference_optional")]

    operations = [
        migrations.RunPython(take_back, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="assistancerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(last_version=None, number=None, reference=None, year=None)
                | models.Q(
                    last_version__isnull=False, number__isnull=False, reference__isnull=False, year__isnull=False
                ),
                name="request_numbered_with_its_first_version",
            ),
        ),
    ]
