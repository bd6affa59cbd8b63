"""A domain's TXT records, as the name servers tell them."""

import dns.exception
import dns.resolver
from django.conf import settings

from .errors import Refused

WAITS = 5.0  # seconds for one question, all its servers together


def texts(name: str) -> list[str] | None:
    """The TXT records under this name: empty where there are none, None where no server answered.

    Raises Refused for a name that is none.
    """
    try:
        found = _asked().resolve(f"{name.strip('.')}.", "TXT", lifetime=WAITS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (
        dns.resolver.NoNameservers,
        dns.resolver.LifetimeTimeout,
        dns.resolver.NoResolverConfiguration,
        OSError,
    ):
        return None
    except (dns.exception.DNSException, UnicodeError) as fault:
        raise Refused("no such domain", permanent=True) from fault
    return [b"".join(record.strings).decode("ascii", "replace") for record in found]


def _asked():
    """Who is asked: the name servers of this computer, or the one that plays them all."""
    if not settings.NAME_SERVER:
        return dns.resolver
    host, _colon, port = settings.NAME_SERVER.rpartition(":")
    only = dns.resolver.Resolver(configure=False)
    only.nameservers, only.port = [host], int(port)
    return only


def dmarc_of(domain: str) -> list[str] | None:
    """The DMARC record that stands for a domain: its own, else that of the domain above it."""
    labels = domain.strip(".").split(".")
    for first in range(max(1, len(labels) - 1)):
        found = texts("_dmarc." + ".".join(labels[first:]))
        if found is None or any(text.strip().lower().startswith("v=dmarc1") for text in found):
            return found
    return []
