"""What runs beside the sweep: somebody waits at each mailbox elsewhere."""

from secretariat.outbox.companions import companion

from .mail import waiting


@companion("mailboxes")
def wait_at_mailboxes(stopping) -> None:
    waiting.keep_waiting(stopping)
