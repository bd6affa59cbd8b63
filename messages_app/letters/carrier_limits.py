"""What the carrier takes, and how an address is told to it. Nothing is cut: what does not fit is said."""

import re

from django.utils.translation import gettext as _

from messages_app.models import Letter, LetterVersion
from secretariat.channels import lob

PAPER = "us-10"  # the only paper Lob prints
MOST_PAGES, MOST_PAGES_ABROAD = 60, 6  # printed on one side, as ours are
NAME, LINE, LINE_ABROAD, TOWN = 40, 64, 200, 200
STATE = re.compile(r"[A-Za-z]{2}")
ZIP = re.compile(r"\d{5}(-\d{4})?")


def why_not(letter: Letter, version: LetterVersion) -> str:
    """Why the carrier cannot take this letter as it stands; nothing: it can."""
    to = told(version)
    if version.layout != PAPER:
        return _("The carrier prints American paper alone.")
    most = MOST_PAGES if to.country == "US" else MOST_PAGES_ABROAD
    if letter.pages > most:
        there = _("The carrier takes no more than %(n)d pages to that country.")
        return there % {"n": most}
    return _why_not_to(to)


def told(version: LetterVersion) -> lob.To:
    """The address as the carrier has it: two lines for the street, and all of it."""
    lines = [each.strip() for each in version.street.splitlines() if each.strip()]
    return lob.To(
        name=version.name,
        company=version.firm,
        line1=(lines or [""])[0],
        line2=", ".join(lines[1:]),
        city=version.city,
        state=version.region.strip(),
        postcode=version.postcode.strip(),
        country=version.country,
    )


def _why_not_to(to: lob.To) -> str:
    longest = LINE if to.country == "US" else LINE_ABROAD
    limits = ((to.name, NAME), (to.company, NAME), (to.line1, longest), (to.line2, longest), (to.city, TOWN))
    for words, most in limits:
        if len(words) > most:
            too_long = _("The carrier prints no more than %(n)d characters of this: “%(words)s”")
            return too_long % {"n": most, "words": words}
    if to.country != "US":
        return ""
    if not STATE.fullmatch(to.state):
        return _("The carrier wants the state by its two letters, such as TX.")
    if not ZIP.fullmatch(to.postcode):
        return _("The carrier wants a postcode of five digits, such as 78701, or 78701-1234.")
    return ""
