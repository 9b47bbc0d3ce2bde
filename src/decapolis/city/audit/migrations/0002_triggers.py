"""Triggers that forbid what nobody may do to the audit, in the words of each database.

Changing an entry or a body, deleting an entry, deleting a body younger than 730 days, adding anything but the next entry
and its body, emptying a table: each ends with an IntegrityError. There is no way back.

SQLite drops the triggers of a table that a later migration remakes: such a migration has to make them again (a test looks
whether they are there).
"""

from typing import Any

from django.db import migrations

SQLITE = {
    "audit_entry_is_next": """
        BEFORE INSERT ON audit_entry
        WHEN NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM audit_entry)
        BEGIN SELECT RAISE(ABORT, 'audit: the number of an entry follows the last one'); END
    """,
    "audit_entry_is_not_changed": """
        BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit: an entry is never changed'); END
    """,
    "audit_entry_is_not_deleted": """
        BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit: an entry is never deleted'); END
    """,
    "audit_body_is_of_last": """
        BEFORE INSERT ON audit_body
        WHEN NEW.entry_id IS NOT (SELECT MAX(number) FROM audit_entry)
          OR EXISTS (SELECT 1 FROM audit_body WHERE entry_id = NEW.entry_id)
        BEGIN SELECT RAISE(ABORT, 'audit: a body is written once, with its entry'); END
    """,
    "audit_body_is_not_changed": """
        BEFORE UPDATE ON audit_body BEGIN SELECT RAISE(ABORT, 'audit: a body is never changed'); END
    """,
    "audit_body_stays_its_time": """
        BEFORE DELETE ON audit_body
        WHEN (SELECT day FROM audit_entry WHERE number = OLD.entry_id) > date('now', '-730 days')
        BEGIN SELECT RAISE(ABORT, 'audit: a body stays for 730 days'); END
    """,
}

LANGUAGE = "RETURNS trigger LANGUAGE plpgsql"
FUNCTIONS = {
    "audit_refuse": "RAISE EXCEPTION 'audit: %', TG_ARGV[0] USING ERRCODE = '23000';",
    "audit_entry_is_next": """
        IF NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM audit_entry) THEN
            RAISE EXCEPTION 'audit: the number of an entry follows the last one' USING ERRCODE = '23000';
        END IF;
        RETURN NEW;
    """,
    "audit_body_is_of_last": """
        IF NEW.entry_id <> (SELECT MAX(number) FROM audit_entry) THEN
            RAISE EXCEPTION 'audit: a body is written once, with its entry' USING ERRCODE = '23000';
        END IF;
        RETURN NEW;
    """,
    "audit_body_stays_its_time": """
        IF (SELECT day FROM audit_entry WHERE number = OLD.entry_id) > (now() AT TIME ZONE 'UTC')::date - 730 THEN
            RAISE EXCEPTION 'audit: a body stays for 730 days' USING ERRCODE = '23000';
        END IF;
        RETURN OLD;
    """,
    # An empty table may be emptied: nothing is lost, and Django empties all tables after a test with real transactions.
    "audit_is_not_emptied": """
        IF EXISTS (SELECT 1 FROM audit_entry) THEN
            RAISE EXCEPTION 'audit: the audit is never emptied' USING ERRCODE = '23000';
        END IF;
        RETURN NULL;
    """,
}

POSTGRESQL = {
    "audit_entry_is_next": "BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_is_next()",
    "audit_entry_is_not_changed": """
        BEFORE UPDATE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_refuse('an entry is never changed')
    """,
    "audit_entry_is_not_deleted": """
        BEFORE DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_refuse('an entry is never deleted')
    """,
    "audit_entry_is_not_emptied": """
        BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_is_not_emptied()
    """,
    "audit_body_is_of_last": "BEFORE INSERT ON audit_body FOR EACH ROW EXECUTE FUNCTION audit_body_is_of_last()",
    "audit_body_is_not_changed": """
        BEFORE UPDATE ON audit_body FOR EACH ROW EXECUTE FUNCTION audit_refuse('a body is never changed')
    """,
    "audit_body_stays_its_time": """
        BEFORE DELETE ON audit_body FOR EACH ROW EXECUTE FUNCTION audit_body_stays_its_time()
    """,
    "audit_body_is_not_emptied": """
        BEFORE TRUNCATE ON audit_body FOR EACH STATEMENT EXECUTE FUNCTION audit_is_not_emptied()
    """,
}


def statements_to_make(vendor: str) -> list[str]:
    """Statements that make all triggers."""
    functions, triggers = (FUNCTIONS, POSTGRESQL) if vendor == "postgresql" else ({}, SQLITE)
    return [
        *(f"CREATE FUNCTION {name}() {LANGUAGE} AS $$ BEGIN {body} END $$" for name, body in functions.items()),
        *(f"CREATE TRIGGER {name} {when}" for name, when in triggers.items()),
    ]


def make(_apps: Any, schema_editor: Any) -> None:
    for statement in statements_to_make(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_tables")]
    operations = [migrations.RunPython(make)]
