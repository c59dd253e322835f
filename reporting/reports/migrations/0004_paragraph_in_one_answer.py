from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_version_attempt")]

    operations = [
        migrations.AddConstraint(
            model_name="paragraph",
            constraint=models.UniqueConstraint(fields=["key"], name="paragraph_in_one_answer"),
        )
    ]
