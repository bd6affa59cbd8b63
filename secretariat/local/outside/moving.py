"""Asks the office to move its clock: the office first, so that nothing is due before it can know."""

import hashlib
import hmac
from datetime import timedelta
from urllib.parse import urlencode

import aiohttp

from .configuration import Configuration

LONGEST_WAIT = 30  # seconds; the office waits until nothing it leased is still being worked on


class Refused(Exception):
    """The office did not move its clock; the words say why."""


async def ask_the_office(session: aiohttp.ClientSession, given: Configuration, shift: timedelta) -> None:
    """Tell `/demo/clock/` how far ahead of the computer's its clock shall be in all. Raises Refused."""
    body = urlencode({"shift_seconds": f"{shift.total_seconds():.3f}"}).encode()
    signature = hmac.new(given.account.auth_token.encode(), body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Demo-Signature": signature}
    try:
        async with session.post(
            f"{given.app_url}/demo/clock/",
            data=body,
            headers=headers,
            timeout=aiohttp.ClientTimeout(total=LONGEST_WAIT),
        ) as response:
            if response.status >= 300:
                raise Refused(f"The office answered {response.status} and kept its clock.")
    except (aiohttp.ClientError, TimeoutError) as silence:
        raise Refused("The office did not answer, so no clock was moved.") from silence
