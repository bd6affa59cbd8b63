"""Whose name stands where on a mail that we write for a client. Pure.

A receiving server believes the From line where SPF or DKIM stands for the very domain it names (DMARC). So a
client's own address is written there only by a way that can answer for it: her own mail server, or a provider
that her domain's records name. Any other mail says that it comes through the firm, and asks for answers to
the client. `Sender` helps nothing of this, and shows as *on behalf of*: it is left out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import formataddr

OWN, VERIFIED, VIA_FIRM = "own", "verified", "via_firm"
SAFE = re.compile(r"[^\w .,'’&+()/-]+")
LONGEST_NAME = 120


@dataclass(frozen=True)
class Writer:
    """For whom a mail is written. Addresses bare, in lower case.

    `mode` is one of OWN, VERIFIED and VIA_FIRM. `stands` says whether the domain's records were there when
    they were last looked at; None: nobody has looked yet.
    """

    mode: str
    address: str
    name: str
    firm: str
    firm_address: str
    stands: bool | None = None


@dataclass(frozen=True)
class Heading:
    """How a mail is headed. `envelope` is whom a server tells that it could not deliver.

    `domain` is that of its Message-ID. `because`: own, verified, via_firm, not_checked or records_gone.
    """

    sender: str
    reply_to: str
    envelope: str
    domain: str
    because: str

    @property
    def by_us(self) -> bool:
        """Whether it leaves by the firm's own way, rather than by the client's mail server."""
        return self.because != OWN


def heading(writer: Writer) -> Heading:
    """Who is said to write, where answers go and where a mail that comes back goes."""
    if writer.mode == OWN:
        return Heading(named(writer.name, writer.address), "", writer.address, domain_of(writer.address), OWN)
    if writer.mode == VERIFIED and writer.stands:
        return Heading(
            named(writer.name, writer.address), "", writer.firm_address, domain_of(writer.address), VERIFIED
        )
    because = {None: "not_checked", False: "records_gone"}.get(writer.stands, VIA_FIRM)
    via = f"{writer.name} via {writer.firm}" if writer.firm else writer.name
    return Heading(
        named(via, writer.firm_address),
        named(writer.name, writer.address),
        writer.firm_address,
        domain_of(writer.firm_address),
        VIA_FIRM if writer.mode == VIA_FIRM else because,
    )


def domain_of(address: str) -> str:
    """The part after the @, in lower case; `localhost` where there is none."""
    return address.rpartition("@")[2].strip().strip(">").lower() or "localhost"


def aligned(author: str, proven: str) -> bool:
    """Whether a domain that is proven, by SPF or DKIM, stands for the one that the author names.

    As DMARC's relaxed mode: one is the other, or lies below it. Without a list of public suffixes a domain of
    two labels is the least that may stand for others, and of those that look like one, of three.
    """
    author, proven = author.strip(".").lower(), proven.strip(".").lower()
    if not author or not proven:
        return False
    if author == proven:
        return True
    short, long = sorted((author, proven), key=len)
    return long.endswith(f".{short}") and _may_stand_for_others(short)


def _may_stand_for_others(domain: str) -> bool:
    labels = domain.split(".")
    looks_public = len(labels) == 2 and len(labels[-1]) == 2 and len(labels[0]) <= 3  # co.uk, com.au
    return len(labels) >= 2 and not looks_public


def everybody_once(*lists: Iterable[str]) -> list[list[str]]:
    """The same lists of bare addresses, in lower case, each address where it stands first."""
    seen: set[str] = set()
    kept: list[list[str]] = []
    for addresses in lists:
        mine = []
        for address in addresses:
            address = address.strip().lower()
            if address and address not in seen:
                seen.add(address)
                mine.append(address)
        kept.append(mine)
    return kept


def answered_to(
    *,
    author: str,
    reply_to: Iterable[str],
    to: Iterable[str],
    cc: Iterable[str],
    ours: Iterable[str],
    everybody,
) -> tuple[list[str], list[str]]:
    """(to, cc) of an answer: to whom the author wants it, and with `everybody` to whoever else had the mail.

    `ours`: the client's own addresses, which nobody writes to in her own name. Where she herself wrote
    last, the answer goes on to those she wrote to.
    """
    mine = {address.strip().lower() for address in ours}
    wanted = [each for each in reply_to if each] or [author]
    if author.strip().lower() in mine:
        wanted = list(to)
    others = [*to, *cc] if everybody else []
    first, also = everybody_once(wanted, others)
    return [each for each in first if each not in mine], [each for each in also if each not in mine]


def named(name: str, address: str) -> str:
    plain = SAFE.sub(" ", name)
    return formataddr((" ".join(plain.split())[:LONGEST_NAME], address))
