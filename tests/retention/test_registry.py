"""Every column that may hold something of a person is on the list, and the list says what becomes of it."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.management import call_command
from django.db import models

from clients.models import Correspondent
from secretariat.outbox import rounds
from secretariat.retention import registry, table
from secretariat.retention.registry import Then

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "operating" / "retention.md"
# Neither words nor bytes: moments, counts, ids and yes or no tell nothing by themselves.
TELL_NOTHING = (
    models.BooleanField,
    models.DateField,
    models.DurationField,
    models.ForeignKey,
    models.IntegerField,
    models.TimeField,
    models.UUIDField,
)


def may_be_personal(field) -> bool:
    """Words, addresses, bytes and lists of them, unless they are chosen from a list of ours; and links to
    somebody outside."""
    if field.generated or (field.choices and not isinstance(field, ArrayField)):
        return False
    if field.remote_field:
        return field.related_model is Correspondent
    return not isinstance(field, TELL_NOTHING)


COLUMNS = [
    pytest.param(model, field.name, id=f"{model._meta.label}.{field.name}")
    for model in apps.get_models()
    if model._meta.app_label != "local"
    for field in model._meta.local_concrete_fields
    if may_be_personal(field)
]


@pytest.mark.parametrize(("model", "column"), COLUMNS)
def test_somebody_has_said_what_it_holds(model, column):
    assert registry.is_listed(model, column), (
        f"say in the package's personal.py whether {model._meta.label}.{column} tells of anybody"
    )


def test_the_kinds_of_columns_that_matter_are_looked_at():
    ids = {column.id for column in COLUMNS}
    assert {
        "messages_app.Message.text",
        "messages_app.Draft.values",
        "outbox.Effect.payload",
        "outbox.InboundEvent.sealed_body",
        "clients.Instruction.numbers",
        "usersessions.UserSession.ip",
        "office.User.email",
        "calls.Call.correspondent",
    } <= ids
    assert "calls.Call.state" not in ids


def test_nothing_is_said_to_be_both():
    both = [
        f"{each.model._meta.label}.{name}"
        for each in registry.everything()
        for name in each.columns
        if (each.model._meta.label, name) in registry._impersonal
    ]
    assert both == []


RULES = [pytest.param(rule, id=rule.name) for rule in registry.rules()]


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_is_carried_out_or_says_why_not(rule):
    if rule.then is Then.KEPT:
        assert rule.because
        assert rule.over is None
    elif rule.duty:
        names = [f"{duty.run.__module__}.{duty.run.__qualname__}" for duty in rounds.duties()]
        assert rule.duty in names
    else:
        assert rule.days is not None
        assert rule.since
        assert rule.over


def test_the_table_for_people_is_the_registrys():
    """When this fails: `manage.py retention --to-begin-with` prints what belongs there."""
    written = re.search(r"<!-- table -->\n(.*)<!-- end of the table -->", DOCUMENT.read_text(), re.DOTALL)
    assert written
    assert written[1] == table.as_markdown()


@pytest.mark.django_db
def test_the_command_prints_it_with_the_figures_in_force(office, capsys):
    from secretariat.office.models import Firm

    Firm.current()
    Firm.objects.update(conversations_kept_days=100, recordings_kept_days=None)
    call_command("retention")
    printed = capsys.readouterr().out
    assert "100 days after the call was closed" in printed
    assert "for good, as the firm has set" in printed
    call_command("retention", "--to-begin-with")
    assert capsys.readouterr().out.strip() == table.as_markdown().strip()
