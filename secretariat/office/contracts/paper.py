"""A contract on paper, as PDF/UA-1, set by Typst. Its words reach Typst as data and are never markup."""

from datetime import datetime
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from secretariat import typefaces

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
