"""Going in as one of the demo's people by a link, each at a host name of her own.

Cookies do not tell ports apart, but they do tell host names apart: so two windows can be two people.
"""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing

SALT = "demo.enter"
VALID_FOR = timedelta(hours=12)


def link_for(email: str) -> str:
    """The address at which this person goes in, such as http://client.localhost:8000/demo/enter/…/"""
    office = urlsplit(settings.PUBLIC_BASE_URL)
    name = email.partition("@")[0]
    token = signing.dumps(email, salt=SALT)
    return f"http://{name}.localhost:{office.port}/demo/enter/{token}/"


def who(token: str) -> str:
    """The address signed in a link. Raises signing.BadSignature for a false or stale one."""
    return signing.loads(token, salt=SALT, max_age=VALID_FOR)
