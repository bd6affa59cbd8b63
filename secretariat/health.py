"""How the office is: alive, ready, and in figures.

`/healthz` says that the process answers. `/readyz` says that it can work: 503 only without PostgreSQL or with
missing migrations; without Redis or the sweep it works later, not less. `/metrics` is for Prometheus, with a
bearer token; what it can, it reads from PostgreSQL, so that every process says the same.
"""

import os
from secrets import compare_digest
from time import monotonic

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)

from secretariat import outbox
from secretariat.figures import OfficeFigures
from secretariat.live import hint

SWEEP_IS_LATE = 15.0  # seconds since a sweep was last seen

requests_total = Counter(
    "secretariat_requests", "Requests answered", ["view", "method", "status"], registry=None
)
request_seconds = Histogram(
    "secretariat_request_seconds",
    "Seconds until the answer began",
    ["view"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=None,
)


class CountRequests:
    """Count what was answered, by the name of its address."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        begun = monotonic()
        response = self.get_response(request)
        match = request.resolver_match
        view = (match.view_name if match else "") or "unnamed"
        requests_total.labels(view, request.method, response.status_code).inc()
        request_seconds.labels(view).observe(monotonic() - begun)
        return response


@login_not_required
@never_cache
@transaction.non_atomic_requests
@require_safe
def alive(request):
    return HttpResponse("alive\n", content_type="text/plain")


@login_not_required
@never_cache
@transaction.non_atomic_requests
@require_safe
def ready(request):
    missing = _missing()
    if missing:
        return JsonResponse({"status": "unavailable", "missing": missing}, status=503)
    degraded = _degraded()
    return JsonResponse({"status": "degraded" if degraded else "ready", "degraded": degraded})


@login_not_required
@never_cache
@transaction.non_atomic_requests
@require_GET
def metrics(request):
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    expected = settings.METRICS_TOKEN
    known = scheme.lower() == "bearer" and compare_digest(token.encode(), expected.encode())
    if not expected or not known:
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.MultiProcessCollector(registry)
    else:
        registry.register(requests_total)
        registry.register(request_seconds)
    registry.register(OfficeFigures())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


addresses = [
    path("healthz", alive, name="healthz"),
    path("readyz", ready, name="readyz"),
    path("metrics", metrics, name="metrics"),
]

_is_migrated = False


def _missing() -> list[str]:
    """What this process cannot work without and does not have."""
    global _is_migrated
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _is_migrated:  # reading the plan takes a while; once complete it stays so
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                return ["migrations"]
            _is_migrated = True
    except DatabaseError:
        return ["postgresql"]
    return []


def _degraded() -> list[str]:
    """What makes things late."""
    age = outbox.sweeper_age()
    late = age is None or age > SWEEP_IS_LATE
    return ([] if hint.redis_answers() else ["redis"]) + (["sweep"] if late else [])
