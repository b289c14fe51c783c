"""Append-only tables: what the database refuses to change, and that the refusal survives every migration."""

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import DatabaseError, connection, models, transaction
from django.db.models.signals import post_migrate, pre_migrate
from django.utils import timezone

from submissions import apps as house_apps
from submissions.models import Disclaimer, Erasure, RawMessage, SignOff
from submissions.models.triggers import GUARDS, install_triggers, missing_triggers
from submissions.states import State
from tests import factories
from tests.models.test_constraints import publication

pytestmark = pytest.mark.django_db

EVERY = {guard.model.__name__: guard for guard in GUARDS}
CONTENT = [(name, field) for name, guard in EVERY.items() for field in sorted(guard.erasable)]


@pytest.fixture
def submission(house):
    return factories.make_submission(State.QUEUED)


@pytest.fixture
def rows(submission):
    """One row of every guarded table, by the name of its model."""
    submission.revision = submission.current
    piece = publication(submission_rows(submission))
    piece.save()
    message = RawMessage.objects.create(
        door="pipe", kind="letter", sha256="0" * 64, size=1, content=b"x", file="x", envelope_from="a", envelope_to="b",
        extension="c",
        outcome="submission", submission=submission,
    )  # fmt: skip
    Disclaimer.objects.update(used_at=timezone.now())
    other = factories.make_submission(State.QUEUED, body="Another text.")
    return {
        "Revision": submission.current,
        "RawMessage": message,
        "Event": submission.events.first(),
        "Erasure": Erasure.objects.create(submission=other, reason="asked"),
        "HousePolicy": submission.policy,
        "SignOff": SignOff.objects.get(),
        "Disclaimer": Disclaimer.objects.get(),
        "Publication": piece,
    }


def submission_rows(submission):
    return type("Rows", (), {"submission": submission, "revision": submission.current})


def change(row, field):
    """Change one column of a row by plain SQL, to something that it is not."""
    column = row._meta.get_field(field).column
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {row._meta.db_table} SET {column} = {other_value(row._meta.get_field(field))} WHERE id = %s",
            [row.pk],
        )


def other_value(field):
    if isinstance(field, models.BooleanField):
        return f"NOT {field.column}"
    if isinstance(field, models.DateTimeField):
        return "'1999-01-01 00:00:00+00:00'"
    if isinstance(field, models.JSONField):
        return "'[\"altered\"]'"
    if isinstance(field, models.BinaryField):
        return "'\\x00'" if connection.vendor == "postgresql" else "x'00'"
    if isinstance(field, models.ForeignKey | models.IntegerField | models.AutoField):
        return "32001"
    return "'alt'"


def blank(row, field):
    with transaction.atomic():
        type(row)._default_manager.filter(pk=row.pk).update(**{field: None})


def test_there_is_a_guard_for_every_append_only_table():
    assert set(EVERY) == {
        "Revision", "RawMessage", "Event", "Erasure", "HousePolicy", "SignOff", "Disclaimer", "Publication",
    }  # fmt: skip


@pytest.mark.parametrize("name", EVERY)
def test_no_column_can_be_altered(rows, name):
    guard = EVERY[name]
    for field in guard.model._meta.concrete_fields:
        if field.name not in guard.free:
            with pytest.raises(DatabaseError, match="append-only"):
                change(rows[name], field.name)


@pytest.mark.parametrize("name", EVERY)
def test_row_cannot_be_deleted(rows, name):
    row = rows[name]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])


@pytest.mark.parametrize(("name", "field"), CONTENT)
def test_content_cannot_be_emptied_without_an_erasure(rows, name, field):
    with pytest.raises(DatabaseError, match="append-only"):
        blank(rows[name], field)


@pytest.mark.parametrize(("name", "field"), CONTENT)
def test_content_can_be_emptied_under_an_erasure(rows, submission, name, field):
    Erasure.objects.create(submission=submission, reason="asked")
    blank(rows[name], field)
    rows[name].refresh_from_db()
    assert getattr(rows[name], field) is None


@pytest.mark.parametrize(("name", "field"), CONTENT)
def test_content_cannot_be_altered_even_under_an_erasure(rows, submission, name, field):
    Erasure.objects.create(submission=submission, reason="asked")
    with pytest.raises(DatabaseError, match="append-only"):
        change(rows[name], field)


def test_message_without_submission_can_be_emptied_under_its_own_erasure(house):
    message = RawMessage.objects.create(door="pipe", kind="letter", sha256="0" * 64, size=1, content=b"x")
    Erasure.objects.create(raw_message=message, reason="asked")
    blank(message, "content")
    message.refresh_from_db()
    assert message.content is None


def test_outcome_and_lease_of_a_message_may_change(rows):
    changed = RawMessage.objects.update(outcome="quarantine", reason="odd", kind="opinion", attempts=3)
    assert changed == 1


def test_retraction_of_a_publication_may_be_written(rows):
    piece = rows["Publication"]
    piece.retracted_at, piece.retraction_reason = timezone.now(), "The writer was impersonated."
    piece.save()
    piece.refresh_from_db()
    assert piece.retraction_reason == "The writer was impersonated."


def test_unused_disclaimer_may_be_altered_and_deleted(house):
    assert Disclaimer.objects.update(text="Better words.") == 1
    Disclaimer.objects.all().delete()
    assert Disclaimer.objects.count() == 0


def test_used_disclaimer_may_be_put_out_of_use(rows):
    assert Disclaimer.objects.update(active=False, position=3) == 1


def test_all_triggers_stand_after_installing_twice():
    install_triggers()
    install_triggers()
    assert missing_triggers() == []


def test_missing_trigger_is_named_and_reported_by_the_system_check():
    guard = GUARDS[2]
    table = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER submissions_event_no_update{table}")

    reported = [error for error in run_checks(databases=["default"]) if error.id == "submissions.E001"]

    assert missing_triggers() == ["submissions_event_no_update"]
    assert [error.msg for error in reported] == ["The trigger submissions_event_no_update is missing from default."]


def test_system_check_is_quiet_without_a_database_or_while_all_stand():
    assert house_apps.triggers_stand(None) == []
    assert house_apps.triggers_stand(None, databases=["default"]) == []


def test_no_sqlite_trigger_names_another_managed_table_but_erasure():
    tables = {model._meta.db_table for model in apps.get_models()} - {Erasure._meta.db_table}
    for guard in GUARDS:
        words = set(guard.violation("IS").replace('"', " ").replace(".", " ").split())
        assert words & (tables - {guard.table}) == set()


def alter(model):
    """A real change of schema and back; on SQLite it makes the table anew."""
    extra = models.IntegerField(default=7)
    extra.set_attributes_from_name("added_and_removed")
    extra.model = model
    with connection.schema_editor() as editor:
        editor.add_field(model, extra)
    with connection.schema_editor() as editor:
        editor.remove_field(model, extra)


@pytest.mark.django_db(transaction=True)
def test_all_triggers_stand_after_every_guarded_table_was_altered(rows):
    config = apps.get_app_config("submissions")

    pre_migrate.send(config, app_config=config, using="default", verbosity=0)
    assert len(missing_triggers()) == 2 * len(GUARDS)
    for guard in GUARDS:
        alter(guard.model)
    post_migrate.send(config, app_config=config, using="default", verbosity=0)

    assert missing_triggers() == []
    for row in rows.values():
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change(row, "id")


@pytest.mark.django_db(transaction=True)
def test_only_sqlite_loses_triggers_when_a_table_is_altered_behind_their_back():
    alter(EVERY["Event"].model)
    lost = ["submissions_event_no_update", "submissions_event_no_delete"]
    assert missing_triggers() == (lost if connection.vendor == "sqlite" else [])
    install_triggers()
