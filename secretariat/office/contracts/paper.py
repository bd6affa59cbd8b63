"""A contract on paper, as PDF/UA-1, set by Typst. Its words reach Typst as data and are never markup."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _

from secretariat import typefaces
from secretariat.office.models import Contract, Firm

SOURCE = Path(__file__).with_name("contract.typ")


def pdf(sections: list[dict], *, firm: str, name: str, version: int, at: datetime, title: str = "") -> bytes:
    """The paper as both sides sign it. The same words and time give the same bytes."""
    language, _mark, region = (translation.get_language() or "en-gb").partition("-")
    words = {
        "language": language,
        "region": region.upper(),
        "firm": firm,
        "title": title or _("Contract between %(firm)s and %(name)s") % {"firm": firm, "name": name},
        "version": _("Version %(n)d") % {"n": version},
        "sections": sections,
        "page": _("Page {page} of {pages}"),
    }
    return typefaces.pdf(SOURCE, {"contract": words}, at=at)


@dataclass(frozen=True)
class Signature:
    """Who said yes to a paper, for which side, and when."""

    name: str
    side: str
    at: datetime


def signed(signatures: Iterable[Signature], *, sha256: str, version: int, zone: str) -> list[dict]:
    """The section that says who signed what and when; it stands behind those that were offered."""
    clock_of = ZoneInfo(zone)
    lines = [
        _("%(side)s: %(name)s, %(when)s (%(zone)s)")
        % {
            "name": each.name,
            "side": each.side,
            "when": date_words(each.at.astimezone(clock_of), "j F Y, H:i:s"),
            "zone": zone,
        }
        for each in signatures
    ]
    about = _(
        "Signed electronically, by typing the name, was version %(n)d as it was offered: the paper whose "
        "SHA-256 is %(hash)s. It can be had beside this one."
    )
    return [{"title": _("Signatures"), "words": [*lines, about % {"n": version, "hash": sha256}]}]


def with_signatures(contract: Contract) -> bytes:
    """The same words, with who signed them and when."""
    signings = list(contract.signings.all())
    firm = Firm.current()
    sheet = signed(
        [Signature(each.name, each.get_side_display(), each.signed_at) for each in signings],
        sha256=contract.sha256,
        version=contract.version,
        zone=firm.zone,
    )
    return pdf(
        [*contract.words, *sheet],
        firm=firm.name,
        name=contract.secretary.user.name,
        version=contract.version,
        at=signings[-1].signed_at,
    )
