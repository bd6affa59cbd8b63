"""How often one address may try what nobody should have to try.

Counted in the database's cache, in the request's own transaction: a view that counts must answer, not raise,
or the count is taken back with everything else.
"""

from datetime import datetime

from allauth.account.adapter import get_adapter
from django.core.cache import cache

AT_MOST = 20
WINDOW = 300  # seconds without a try, after which the count begins anew


def too_many(request, what: str) -> bool:
    """Count one more wrong try at `what` from this address. Whether that is one too many."""
    key = f"tries:{what}:{get_adapter().get_client_ip(request)}"
    count = cache.get(key, 0) + 1
    cache.set(key, count, WINDOW)
    return count > AT_MOST


def too_often(what: str, *, at_most: int, window: int, at: datetime) -> bool:
    """Count one more use of `what` in this stretch of `window` seconds. Whether that is one too many."""
    key = f"uses:{what}:{int(at.timestamp()) // window}"
    count = cache.get(key, 0) + 1
    cache.set(key, count, window)
    return count > at_most
