"""What stands beside the table of cells: ids that come in a body, and addresses that are walked elsewhere."""

# Ids in a body, each replaced by one of client B's: refused, and nothing of it written.
FOREIGN_IDS = [
    ("messages-take", "contact", "owner", 422),
    ("messages-take", "call_type", "call_type", 422),
    ("calls-ask", "person", "owner", 404),
    ("calls-straight", "person", "owner", 404),
    ("messages-correct", "contact", "owner", 422),
    ("instructions-write", "put_through_to", "owner", 422),
    ("instructions-write", "people", "correspondent", 422),
    ("instructions-change", "put_through_to", "owner", 422),
    ("instructions-change", "people", "correspondent", 422),
    ("where-i-am", "who", "owner", 422),
    ("where-i-am-absence", "who", "owner", 422),
    ("where-i-am-absence", "stand_in", "owner", 422),
    ("instructions-write", "call_type", "call_type", 422),
    ("where-i-am", "client", "client", 404),
    ("diary-book", "client", "client", 404),
    ("diary-book", "diary", "diary", 404),
    ("diary-book", "place", "place", 422),
    ("diary-block", "client", "client", 404),
    ("diary-repeat", "client", "client", 404),
    ("diary-repeat", "diary", "diary", 404),
    ("diary-repeat", "place", "place", 422),
    ("diary-portal-repeat", "diary", "diary", 404),
    ("diary-ask", "client", "client", 404),
    ("diary-ask", "diary", "diary", 404),
    ("diary-ask", "place", "place", 422),
    ("diary-block", "diary", "diary", 404),
    ("diary-portal-file", "whose", "diary", 422),
    ("diaries-add", "contact", "member", 404),
    ("feeds-make", "diary", "diary", 404),
    ("instructions-write", "client", "client", 404),
    ("on-call-write", "person_1", "owner", 422),
    ("on-call-change", "person_2", "owner", 422),
    ("on-call-replace", "person_1", "owner", 422),
]

# Addresses outside the matrix, each with its reason.
EXEMPT = {
    r"^accounts/": "allauth's own, about the person herself; tested by allauth and in tests/look",
    r"^admin/": "walked in test_admin.py",
    r"^anymail/": "anymail checks its secret",
    r"^calendar/push/": "proved by a word of the channel: tests/online/test_pushes.py",
    r"^twilio/": "signed by the carrier: test_webhooks.py holds that nothing unsigned is heard",
    r"^(healthz|readyz|metrics)$": "tests/test_health.py",
    r"^styleguide/<path:part>$": "another part of the same page",
}
