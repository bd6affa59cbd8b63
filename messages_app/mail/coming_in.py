"""A mail that came for a client, whatever way it came: kept, and seen to where it belongs."""

import logging
from datetime import datetime

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from calendar_app import being_invited, replying
from messages_app.models import Mail, Mailbox

from . import coming_back, filing, standing

logger = logging.getLogger(__name__)


def came(mailbox: Mailbox, raw: bytes, *, filed_at: datetime, at: datetime, **told) -> filing.Filed:
    """Keep it, in the caller's transaction. One about a meeting is dealt with where meetings are.

    `filed_at`: when it came. `told`: what else `filing.file` is to know of it.
    """
    of_meeting = not told.get("is_beginning") and _is_of_meeting(raw, at=at)
    filed = filing.file(mailbox, raw, direction=Mail.Direction.IN, at=filed_at, now=at, **told)
    if filed.is_new:
        coming_back.look_into(filed.mail, raw, at=at)
    if filed.is_new and of_meeting and standing.waits_alone(filed.mail):
        standing.end(filed.mail.thread, _("It is about a meeting, and stands in the diary"), at=at)
    return filed


def _is_of_meeting(raw: bytes, *, at: datetime) -> bool:
    """Work what it says of a meeting. Where that cannot be done, the mail comes to the desk as any other."""
    try:
        with transaction.atomic():
            return bool(replying.received(raw, at=at)) or bool(being_invited.received(raw, at=at))
    except OperationalError:  # of the database, and not of this mail: whoever brings it comes again
        raise
    except Exception as fault:  # one mail that nobody has thought of must not keep all later ones away
        logger.error("what a mail says of a meeting was not worked", extra={"fault": type(fault).__name__})
        return False
