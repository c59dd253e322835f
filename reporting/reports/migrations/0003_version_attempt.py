"""A save that is tried again after a lost reply counts once: its identifier stands in the version that it made."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_submissions_stand"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("answerversion", "attempt", models.UUIDField(null=True)),
        migrations.AddConstraint(
            "answerversion",
            models.UniqueConstraint(fields=["answer", "by", "attempt"], name="answer_attempt_once"),
        ),
    ]
