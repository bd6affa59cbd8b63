"""So many tickets and one of the staff, signed in: prints her session. Runs in its own Python."""

import sys
from datetime import timedelta

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - its models need the settings first
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from helpdesk.models import Queue, Ticket  # noqa: E402

count = int(sys.argv[1])
user = get_user_model().objects.create_superuser("staff", "staff@bench.example", "staff")
queues = Queue.objects.bulk_create(Queue(title=f"Client {n}", slug=f"client-{n}") for n in range(50))
at = timezone.now()
Ticket.objects.bulk_create(
    (
        Ticket(
            title=f"Caller {n % 5000}",
            queue=queues[n % 50],
            created=at - timedelta(seconds=25 * n),
            modified=at - timedelta(seconds=25 * n),
            submitter_email=f"caller{n % 5000}@bench.example",
            description=f"Please ring back about the matter of {n}.",
            assigned_to=user,
            secret_key="0",
        )
        for n in range(count)
    ),
    batch_size=2000,
)
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
session = SessionStore()
session["_auth_user_id"], session["_auth_user_backend"] = (
    str(user.pk),
    "django.contrib.auth.backends.ModelBackend",
)
session["_auth_user_hash"] = user.get_session_auth_hash()
session.create()
print(session.session_key)
