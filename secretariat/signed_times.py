"""Tokens that say when they were signed, by the product's own clock."""

from datetime import UTC, datetime

from django.core import signing

from . import clock


class ByOurClock(signing.TimestampSigner):
    """Signs with the time as the product tells it, so that a link ages as everything else does."""

    def timestamp(self):
        return signing.b62_encode(int(clock.now().timestamp()))

    def signed_at(self, token: str) -> datetime:
        """When a good token was signed (aware). Raises signing.BadSignature for any other."""
        _value, stamp = signing.Signer.unsign(self, token).rsplit(self.sep, 1)
        return datetime.fromtimestamp(signing.b62_decode(stamp), tz=UTC)
