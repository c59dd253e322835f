"""Whether the source of a copied paragraph has changed is asked of its versions, not kept beside the copy."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_paragraph_folded")]

    operations = [migrations.RemoveField("paragraph", "is_stale")]
