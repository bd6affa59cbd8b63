"""Migrations say what the models say, and each can be run under the release before it."""

import pytest
from django.core.management import call_command
from django_migration_linter import MigrationLinter

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
