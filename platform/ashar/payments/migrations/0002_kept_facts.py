"""The triggers that keep a payment's sum and a movement's figures as they were written, on SQLite and PostgreSQL.

A later migration that alters one of these tables on SQLite rebuilds it without its triggers: end it with `install`.
"""

from django.db import migrations

KEPT = {
    "payments_payment": ("id", "amount_minor", "currency", "fund_id", "livemode", "created_at"),
    "payments_refund": ("id", "payment_id", "amount_minor", "currency", "requested_by_id", "requested_at"),
    "payments_webhookevent": ("event_id", "type", "livemode", "payload", "created_at", "received_at"),
    "payments_movement": None,  # all of it
}
MESSAGE = "payments: what is written in {table} stays"
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION payments_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'payments: what is written in % stays', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$"""


def install(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        schema_editor.execute(POSTGRESQL_FUNCTION, params=None)
    for table, columns in KEPT.items():
        schema_editor.execute(_postgresql(table, columns) if is_postgresql else _sqlite(table, columns))


def remove(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in KEPT:
        schema_editor.execute(f"DROP TRIGGER {table}_stays" + (f" ON {table}" if on_postgresql else ""))
    if on_postgresql:
        schema_editor.execute("DROP FUNCTION payments_stays()")


def _sqlite(table, columns):
    condition = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns or ())
    when = f"WHEN {condition} " if columns else ""
    text = MESSAGE.format(table=table)
    return f"CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} {when}BEGIN SELECT RAISE(ABORT, '{text}'); END"


def _postgresql(table, columns):
    condition = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns or ())
    when = f"WHEN ({condition}) " if columns else ""
    return f"CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} FOR EACH ROW {when}EXECUTE FUNCTION payments_stays()"


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]
    operations = [migrations.RunPython(install, remove, elidable=False)]
