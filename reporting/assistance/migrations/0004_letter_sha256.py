"""The letter of the authority is kept with its hash, as every file is; letters from before have none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assistance", "0003_reference_at_submission")]

    operations = [
        migrations.AddField(
            model_name=model, name="letter_sha256", field=models.CharField(blank=True, max_length=64, default="")
        )
        for model in ("assistancerequest", "historicalassistancerequest")
    ]
