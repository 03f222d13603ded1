"""Load what the card rail takes, from `diaspora/data/card_terms.json`."""

import json
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).resolve().parents[1] / "data" / "card_terms.json"


def load(apps, schema_editor):
    """Write one row of terms per currency of the file."""
    terms = json.loads(FILE.read_text(encoding="utf-8"))
    apps.get_model("diaspora", "CardTerms").objects.bulk_create(
        apps.get_model("diaspora", "CardTerms")(
            currency=currency,
            valid_from=terms["valid_from"],
            rate_bp=terms["rate_bp"],
            fixed_minor=fixed,
            source=terms["source"],
        )
        for currency, fixed in terms["fixed_minor"].items()
    )


def unload(apps, schema_editor):
    """Take the rows of the file away again."""
    terms = json.loads(FILE.read_text(encoding="utf-8"))
    apps.get_model("diaspora", "CardTerms").objects.filter(valid_from=terms["valid_from"]).delete()


class Migration(migrations.Migration):
    dependencies = [("diaspora", "0001_initial")]

    operations = [migrations.RunPython(load, unload)]
