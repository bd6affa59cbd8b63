"""Migrations say what the models say, are quick, and each can be run under the release before it."""

import pytest
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django_migration_linter import MigrationLinter

from secretariat.in_steps import MAY_JOIN, InSteps, Step, steps

HANG_TOGETHER = {"books", "calendar_app", "calls", "clients", "messages_app", "office"}
OURS = ["calendar_app", "calls", "clients", "ledger", "live", "media", "messages_app", "office", "outbox"]
# Each with the reason why what the linter fears cannot happen.
REASONED = {
    (
        "calls",
        "0002_rung_in_the_browser",
    ): "a column grows longer and a choice is added: what was written fits",
    (
        "office",
        "0024_skills_with_evidence_and_incentives",
    ): "its unique rule lets in more than the one before",
    ("office", "0002_cache_table"): "makes a table of its own, which no earlier release reads",
}


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run")


def test_no_migration_draws_all_models_for_each_operation():
    """What `makemigrations` writes as `migrations.Migration` is `InSteps` where it has several operations."""
    slow = [
        key
        for key, migration in MigrationLoader(None).disk_migrations.items()
        if key[0] in HANG_TOGETHER and not isinstance(migration, InSteps)
        if sum(isinstance(each, MAY_JOIN) for each in migration.operations) > 1
    ]
    assert slow == []


def test_a_step_ends_where_an_operation_has_to_see_what_was_done():
    desk = migrations.CreateModel("Desk", [("id", models.AutoField(primary_key=True))])
    lamp = migrations.CreateModel("Lamp", [("id", models.AutoField(primary_key=True))])
    on_desk = migrations.AddField("lamp", "desk", models.ForeignKey("office.Desk", models.CASCADE))
    bright = migrations.AddField("lamp", "bright", models.BooleanField(default=True))
    by_desk = migrations.AddIndex("lamp", models.Index(fields=["desk"], name="lamps_of_a_desk"))
    without_its_own = migrations.AlterField(
        "lamp", "desk", models.ForeignKey("office.Desk", models.CASCADE, db_index=False)
    )
    dim = migrations.AlterField("lamp", "bright", models.BooleanField(default=False))
    words = migrations.RunSQL("SELECT 1")
    chair = migrations.CreateModel("Chair", [("id", models.AutoField(primary_key=True))])

    taken = steps([desk, lamp, on_desk, bright, words, by_desk, without_its_own, dim, chair, dim])
    assert list(taken) == [
        [desk, lamp],  # made with all they say by then
        [on_desk, bright],
        [words],
        [by_desk],  # which must not be taken for the field's own
        [without_its_own, dim, chair],
        [dim],
    ]


@pytest.mark.django_db
def test_a_step_can_be_taken_back():
    before, bright = ProjectState(), models.BooleanField(default=True)
    migrations.CreateModel("Lamp", [("id", models.AutoField(primary_key=True))]).state_forwards(
        "office", before
    )
    one = models.UniqueConstraint(fields=["id"], condition=models.Q(bright=True), name="one_is_bright")
    step = Step([migrations.AddField("lamp", "bright", bright), migrations.AddConstraint("lamp", one)])
    after = before.clone()
    step.state_forwards("office", after)
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        step.database_backwards("office", editor, after, before)
    assert editor.collected_sql == [
        'DROP INDEX IF EXISTS "one_is_bright";',
        'ALTER TABLE "office_lamp" DROP COLUMN "bright" CASCADE;',
    ]


@pytest.mark.slow
@pytest.mark.django_db
def test_each_suits_the_release_before_it():
    linter = MigrationLinter(include_apps=OURS, no_cache=True, quiet=["ok", "ignore", "warning", "error"])
    feared = set()
    for migration in linter.migration_loader.disk_migrations.values():
        before = linter.nb_erroneous
        if migration.app_label in OURS:
            linter.lint_migration(migration)
        if linter.nb_erroneous > before:
            feared.add((migration.app_label, migration.name))
    assert feared == set(REASONED)
