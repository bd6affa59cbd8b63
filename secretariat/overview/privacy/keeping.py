"""How long a client's things are kept, as the firm has set it: the same list that the sweep carries out."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clients.models import Client
from secretariat.retention import registry, table
from secretariat.retention.registry import Whose

TELLS_OF_CLIENTS = {Whose.CALLER, Whose.CLIENT, Whose.ANYONE}


def in_force() -> list[tuple[str, str]]:
    """What, and how long; what is kept for the same time and no longer than that stands together."""
    found: dict[str, list[str]] = {}
    for each in registry.everything():
        fields = {field.name for field in each.model._meta.concrete_fields}
        is_of_a_client = "client" in fields or each.model is Client
        if is_of_a_client and each.whose in TELLS_OF_CLIENTS:
            found.setdefault(table.how_long(each.rule, as_set=True), []).append(str(each.what))
    return [(capfirst(_("; ").join(dict.fromkeys(what))), capfirst(long)) for long, what in found.items()]
