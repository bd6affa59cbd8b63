"""Migrations that adapt the graph of all models once for each step, and not once for each operation.

Django draws every model anew that is connected with a changed one. Here nearly all are connected, so each
field that was added cost a third of a second, and an empty database took three times as long as it takes now.
Most operations stand next to each other without seeing each other: those are one step.
"""

from collections.abc import Iterable, Iterator

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import IndexOperation
from django.db.migrations.state import ProjectState

ADD = (migrations.AddIndex, migrations.AddConstraint)
FIELD = (migrations.AddField, migrations.AlterField)
MAY_JOIN = (migrations.CreateModel, *FIELD, *ADD, migrations.RemoveIndex, migrations.RemoveConstraint)


class InSteps(migrations.Migration):
    """A migration whose operations run step by step. What they do and what they are called stays the same."""

    def __init__(self, name: str, app_label: str):
        super().__init__(name, app_label)
        taken = [each[0] if len(each) == 1 else Step(each) for each in steps(self.operations)]
        self.operations = taken  # type: ignore[misc]  # as Django does itself, with its copy of the list


class Step(Operation):
    """Operations that all see the models as they were before the first, and as they are after the last."""

    def __init__(self, operations: list[Operation]):
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        vars(state).pop("apps", None)  # drawn when a table is made of it, as Django does at its own start
        for each in self.operations:
            each.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for each in self.operations:
            each.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """One by one, as Django does: what is taken away may be told only by what it stood on. It is rare."""
        undone = []
        state = to_state.clone()
        for each in self.operations:
            before, state = state, state.clone()
            each.state_forwards(app_label, state)
            undone.append((each, state, before))
        for each, after, before in reversed(undone):
            each.database_backwards(app_label, schema_editor, after, before)

    def references_model(self, name: str, app_label: str) -> bool:
        return any(each.references_model(name, app_label) for each in self.operations)

    def describe(self) -> str:
        return "; ".join(each.describe() for each in self.operations)


def steps(operations: Iterable[Operation]) -> Iterator[list[Operation]]:
    """The operations in their order, cut wherever one has to see what the one before it left.

    A table is made with all that its model says at the end of the step, so what is added to it comes after. A
    field is changed once in a step, and before its table gets new indexes, among which Django would look for
    the field's own. Whatever runs code or SQL stands alone.
    """
    step: list[Operation] = []
    made: set[str] = set()
    indexed: set[str] = set()
    fields: set[tuple[str, str]] = set()
    for each in operations:
        alone = not isinstance(each, MAY_JOIN)
        model = each.model_name_lower if isinstance(each, FieldOperation | IndexOperation) else ""
        field = (model, each.name_lower) if isinstance(each, FieldOperation) else None
        sees = (
            model in made or field in fields or (isinstance(each, migrations.AlterField) and model in indexed)
        )
        if step and (alone or sees or not isinstance(step[-1], MAY_JOIN)):
            yield step
            step, made, indexed, fields = [], set(), set(), set()
        step.append(each)
        if isinstance(each, migrations.CreateModel):
            made.add(each.name_lower)
        elif isinstance(each, ADD):
            indexed.add(model)
        elif field:
            fields.add(field)
    if step:
        yield step
