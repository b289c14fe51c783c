"""Append-only tables, held by the database itself, so that no shell, admin or stray query rewrites history.

Not made in migrations: SQLite's table remakes would drop them silently. `install_triggers` runs after every migrate,
`drop_triggers` before it, and `missing_triggers` lets a system check and the audit name what is not there.
On SQLite no trigger names another managed table, save erasure, which is never altered.
"""

from dataclasses import dataclass

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from submissions.models.disclaimer import Disclaimer
from submissions.models.erasure import Erasure
from submissions.models.event import Event
from submissions.models.house_policy import HousePolicy
from submissions.models.publication import Publication
from submissions.models.raw_message import RawMessage
from submissions.models.revision import Revision
from submissions.models.sign_off import SignOff


@dataclass(frozen=True)
class Guard:
    """What the database refuses to change in one table, and which content an erasure may replace by NULL."""

    model: type[models.Model]
    free: frozenset[str] = frozenset()
    erasable: frozenset[str] = frozenset()
    erased_by: str = ""
    when: str = ""

    @property
    def table(self) -> str:
        """The table's name."""
        return self.model._meta.db_table

    def names(self) -> list[str]:
        """Return the names of its triggers: one for updates, one for deletes."""
        return [f"{self.table}_no_update", f"{self.table}_no_delete"]

    def violation(self, same: str) -> str:
        """Return the SQL condition under which an update is refused; `same` is the engine's null-safe equality."""
        erased = f"EXISTS (SELECT 1 FROM {Erasure._meta.db_table} e WHERE {self.erased_by})"  # noqa: S608 our own names
        terms = []
        for field in self.model._meta.concrete_fields:
            column = f'"{field.column}"'
            kept = f"NEW.{column} {same} OLD.{column}"
            if field.name in self.erasable:
                terms.append(f"({kept} OR (NEW.{column} IS NULL AND {erased}))")
            elif field.name not in self.free:
                terms.append(kept)
        condition = "NOT (" + " AND ".join(terms) + ")"
        return f"({self.when}) AND {condition}" if self.when else condition


LEASE = frozenset({"attempts", "leased_until", "lease_token"})

GUARDS = [
    Guard(
        Revision,
        erasable=frozenset({"headline", "body", "byline", "in_response_to"}),
        erased_by="e.submission_id = OLD.submission_id",
    ),
    Guard(
        RawMessage,
        free=LEASE
        | {"outcome", "reason", "submission", "notification", "kind", "trust"}
        | {"identity", "id_hash", "content_hash", "original", "resembles"},
        erasable=frozenset({"envelope_from", "envelope_to", "extension", "content", "file"}),
        erased_by="e.raw_message_id = OLD.id OR e.submission_id = OLD.submission_id",
    ),
    Guard(Event),
    Guard(Erasure),
    Guard(HousePolicy),
    Guard(SignOff),
    Guard(Disclaimer, free=frozenset({"active", "position"}), when="OLD.used_at IS NOT NULL"),
    Guard(Publication, free=frozenset({"retracted_at", "retraction_reason"})),
]


def _sqlite(guard: Guard) -> list[str]:
    update, delete = guard.names()
    when_delete = f"WHEN {guard.when}" if guard.when else ""
    return [
        f"CREATE TRIGGER {update} BEFORE UPDATE ON {guard.table} WHEN {guard.violation('IS')}"
        f" BEGIN SELECT RAISE(ABORT, '{guard.table} is append-only'); END",
        f"CREATE TRIGGER {delete} BEFORE DELETE ON {guard.table} {when_delete}"
        f" BEGIN SELECT RAISE(ABORT, '{guard.table} is append-only'); END",
    ]


def _postgresql(guard: Guard) -> list[str]:
    update, delete = guard.names()
    refuse = f"RAISE EXCEPTION '{guard.table} is append-only' USING ERRCODE = 'integrity_constraint_violation'"
    when = guard.when or "TRUE"
    # A function each: the condition looks into the erasures, which a trigger's WHEN may not.
    return [
        f"CREATE OR REPLACE FUNCTION {update}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {guard.violation('IS NOT DISTINCT FROM')} THEN {refuse}; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {update} BEFORE UPDATE ON {guard.table} FOR EACH ROW EXECUTE FUNCTION {update}()",
        f"CREATE OR REPLACE FUNCTION {delete}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {when} THEN {refuse}; END IF; RETURN OLD; END $$",
        f"CREATE TRIGGER {delete} BEFORE DELETE ON {guard.table} FOR EACH ROW EXECUTE FUNCTION {delete}()",
    ]


def install_triggers(using: str = "default") -> None:
    """Install every trigger anew; may be called at any time, any number of times."""
    connection = connections[using]
    drop_triggers(using)
    spell = _sqlite if connection.vendor == "sqlite" else _postgresql
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in GUARDS:
            if guard.table in tables:
                for statement in spell(guard):
                    cursor.execute(statement)


def drop_triggers(using: str = "default") -> None:
    """Drop every trigger, so that a migration may remake the tables."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in GUARDS:
            for name in guard.names():
                if connection.vendor == "sqlite":
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                elif guard.table in tables:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {guard.table}")


def missing_triggers(using: str = "default") -> list[str]:
    """Return the names of the triggers that should stand and do not."""
    connection = connections[using]
    standing = _standing(connection)
    return [name for guard in GUARDS for name in guard.names() if name not in standing]


def _standing(connection: BaseDatabaseWrapper) -> set[str]:
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor])
        return {row[0] for row in cursor.fetchall()}
