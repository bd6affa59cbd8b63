"""The Celery application. Its tasks are hints: what they hint at stands in PostgreSQL."""

import os

from celery import Celery
from django.conf import settings
from kombu import Exchange, Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secretariat.settings.production")

app = Celery("secretariat")
app.conf.update(
    broker_url=settings.REDIS_URL or "memory://",
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,  # a worker outlives any outage of Redis; the sweep works meanwhile
    task_queues=[Queue(name, Exchange(name), name) for name in ("calls", "urgent", "bulk", "cpu")],
    task_default_queue="urgent",
    task_ignore_result=True,
    task_acks_late=False,
    task_serializer="json",
    accept_content=["json"],
    task_publish_retry=False,
    worker_prefetch_multiplier=1,
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    worker_hijack_root_logger=False,
    timezone="UTC",
)
app.autodiscover_tasks()
