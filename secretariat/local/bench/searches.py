"""What the database takes for a search: as the product asks, as one would by hand, and without any index.

Runs in a process with Django.
"""

import json
import sys
import time

from django.db import connection

from messages_app.finding import found
from messages_app.models import Message
from secretariat.office.models import User

from .past import MIDDLING, RARE

PAGE = 26  # rows: a page, and whether there are more
BY_HAND = """
    SELECT m.id, m.taken_at, m.text, m.caller_name, m.state, m.urgency, c.name, t.name
    FROM messages_app_message m JOIN clients_client c ON c.id = m.client_id
    LEFT JOIN clients_contact t ON t.id = m.contact_id
    WHERE m.words @@ websearch_to_tsquery('simple', %s) ORDER BY m.taken_at DESC, m.id DESC LIMIT %s
"""


def tell(rounds: int, times: int) -> None:
    """Print the milliseconds of each manner, one list by manner, a median for each round."""
    supervisor = User.objects.get(email="supervisor@bench.example")
    seen = Message.objects.visible_to(supervisor).as_rows()
    seen = seen.order_by("-taken_at", "-pk")
    product = [found(seen, word)[:PAGE].query.sql_with_params() for word in (MIDDLING, RARE)]
    by_hand = [(BY_HAND, [word, PAGE]) for word in (MIDDLING, RARE)]
    unindexed = [seen.filter(text__icontains=RARE)[:PAGE].query.sql_with_params()]
    took: dict[str, list[float]] = {"product": [], "by_hand": [], "unindexed": []}
    for number in range(rounds + 1):  # the first one warms up
        for name, asked, often in (
            ("product", product, times),
            ("by_hand", by_hand, times),
            ("unindexed", unindexed, 1),
        ):
            median = sorted(_milliseconds(asked) for _ in range(often))[often // 2]
            if number:
                took[name].append(median)
    json.dump(took, sys.stdout)


def _milliseconds(asked) -> float:
    began = time.perf_counter()
    with connection.cursor() as cursor:
        for statement, params in asked:
            cursor.execute(statement, params)
            cursor.fetchall()
    return (time.perf_counter() - began) * 1e3 / len(asked)
