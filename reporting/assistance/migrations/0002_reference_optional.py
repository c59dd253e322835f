"""The reference is given at the first submission: until then a request has none."""

from django.db import migrations, models

PERMISSIONS = [
    ("view_assistancerequest", "Can read the request"),
    ("prepare_assistancerequest", "Can write the request"),
    ("submit_assistancerequest", "Can record the authorisation of the request, submit and conclude it"),
    ("answer_assistancerequest", "Can answer the request in the agency's name"),
]


def optional(model, *, index):
    """The three fields of a model as ones that may be empty."""
    reference = models.CharField(blank=True, max_length=16, null=True, verbose_name="reference", **index)
    fields = {
        "number": models.PositiveIntegerField(blank=True, null=True),
        "reference": reference,
        "year": models.PositiveSmallIntegerField(blank=True, null=True),
    }
    return [migrations.AlterField(model_name=model, name=name, field=field) for name, field in fields.items()]


class Migration(migrations.Migration):
    dependencies = [("assistance", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(
            name="assistancerequest",
            options={"default_permissions": (), "ordering": ["-created_at", "-pk"], "permissions": PERMISSIONS},
        ),
        *optional("assistancerequest", index={"unique": True}),
        *optional("historicalassistancerequest", index={"db_index": True}),
    ]
