"""Pictures of a mail that lie elsewhere: we fetch them for whoever asked to see them.

So their owner learns that the mail was opened, and neither where nor by whom. The frame they stand in has no
session to ask with: each address is signed, and good for as long as a page is looked at.
"""

from datetime import timedelta

from django.core import signing
from django.urls import reverse

from secretariat import clock
from secretariat.channels import haste
from secretariat.channels.fetching import Fetcher, NotFetched
from secretariat.signed_times import ByOurClock

from . import kinds

GOOD_FOR = timedelta(minutes=15)
MOST_BYTES = 10 * 2**20  # of one picture
WITHIN = 8.0  # seconds, with all redirects


def _signer() -> ByOurClock:
    """Made for each use: it keeps the secret key of its moment, and keys are changed."""
    return ByOurClock(salt="mail.pictures")


def address(url: str) -> str:
    """Where we hand out the picture that lies at `url`, for a quarter of an hour."""
    return reverse("mail-picture", args=[token(url)])


def token(url: str) -> str:
    return _signer().sign_object(url, compress=True)


def meant_by(token: str) -> str:
    """The address behind a token of ours. Raises signing.BadSignature for any other, and for an old one."""
    url = _signer().unsign_object(token)
    if clock.now() - _signer().signed_at(token) > GOOD_FOR:
        raise signing.SignatureExpired("the page was opened long ago")
    return url


def fetched(url: str) -> tuple[str, bytes]:
    """Content type and bytes of the picture at `url`, if a browser does no more with it than draw it.

    Only the open internet is asked: see `channels.fetching`. Raises NotFetched.
    """
    with haste.within(WITHIN), Fetcher(most_bytes=MOST_BYTES) as fetcher:
        answer = fetcher.ask("GET", url, headers={"accept": ", ".join(sorted(kinds.SHOWN))})
    kind = kinds.kind_of(answer.body)
    if answer.status != 200 or kind not in kinds.SHOWN:
        raise NotFetched("no_picture", sent=True)
    return kind, answer.body
