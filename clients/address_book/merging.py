"""Two entries of an address book that are one person: everything of the one becomes the other's."""

from django.db import IntegrityError, models, transaction

from clients.models import Correspondent, ImportedAddress
from secretariat import ledger

WORDS = ("name", "firm", "pronunciation", "note")
EITHER = ("vip", "blocked")  # what is so of one is so of both


class NotOne(Exception):
    """They are the same entry, or of two clients."""


@transaction.atomic
def merge(keep: Correspondent, other: Correspondent, *, by) -> Correspondent:
    """Whatever names `other`, on any floor, names `keep` from now on, and `other` is gone. Raises NotOne.

    What `keep` does not say of herself is taken from `other`.
    """
    keys = sorted([keep.pk, other.pk])
    locked = {each.pk: each for each in Correspondent.objects.select_for_update().filter(pk__in=keys)}
    if len(locked) != 2 or keep.client_id != other.client_id:
        raise NotOne
    keep, other = locked[keep.pk], locked[other.pk]
    # A file that is taken back takes whom it brought, and never whom she became.
    ImportedAddress.objects.filter(correspondent=other).update(correspondent=None)
    for relation in Correspondent._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):  # tables between two are among these
            _hand_over(relation.related_model, relation.field.name, keep, other)
    for name in WORDS:
        setattr(keep, name, getattr(keep, name) or getattr(other, name))
    for name in EITHER:
        setattr(keep, name, getattr(keep, name) or getattr(other, name))
    gone = other.pk
    other.delete()
    keep.save()
    ledger.record(
        "clients.correspondent.merged",
        actor_id=by.pk,
        client_id=keep.client_id,
        subject=("clients.correspondent", keep.pk),
        detail={"other": str(gone)},
    )
    return keep


def _hand_over(model, name: str, keep: Correspondent, other: Correspondent) -> None:
    """The rows of this table that name the one name the other; what she has already is not had twice."""
    rows = model._base_manager.filter(**{name: other})
    try:
        with transaction.atomic():
            rows.update(**{name: keep})
    except IntegrityError:
        for pk in list(rows.values_list("pk", flat=True)):
            row = model._base_manager.filter(pk=pk)
            try:
                with transaction.atomic():
                    row.update(**{name: keep})
            except IntegrityError:
                row.delete()
