"""A profile as it is shown: to herself, to the firm, and, as far as she says, to everybody."""

import re
from dataclasses import dataclass

from secretariat import media
from secretariat.office import languages
from secretariat.office.models import Certificate, Profile, Secretary, Vouched

from . import proving

# What leads past the firm: mailboxes, addresses of sites, and anything that could be dialled.
LEADS_PAST = (
    re.compile(r"\S+@\S+"),
    re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE),
    re.compile(r"\+?\d(?:[\s().\-/]?\d){6,}"),
)


def leads_past_the_firm(words: str) -> str:
    """The first thing in these words by which somebody could be reached otherwise; empty if nothing."""
    found = (pattern.search(words) for pattern in LEADS_PAST)
    return next((each.group().strip() for each in found if each), "")


@dataclass(frozen=True)
class Shown:
    """One line of a profile, how it is known, and whether somebody of the firm has checked it.

    `evidence`, who checked it (`by`) and the paper at `url` are for her and the firm alone.
    """

    what: str
    how: str
    checked: bool
    evidence: str = ""
    by: str = ""
    url: str = ""


def of(secretary: Secretary) -> Profile:
    """Her profile; one that is not kept yet where she has none."""
    return Profile.objects.filter(secretary=secretary).first() or Profile(secretary=secretary)


def lines(secretary: Secretary) -> dict[str, list[Shown]]:
    """Everything she can do, as the firm reads it."""
    typing = proving.typing_of(secretary)
    held = Certificate.objects.filter(secretary=secretary, state=Certificate.State.CHECKED)
    spoken = secretary.languages.select_related("checked_by").order_by("-level", "language")
    skills = secretary.skills.select_related("skill", "checked_by").order_by("skill__name")
    papers = media.addresses(each.media_id for each in [*spoken, *skills])
    return {
        "languages": [
            _vouched(languages.at_level(each.language, each.level), each, papers) for each in spoken
        ],
        "skills": [_vouched(str(each), each, papers) for each in skills],
        "training": [
            Shown(each.training.name, each.issued_by, True) for each in held.select_related("training")
        ],
        # By our clock, but nobody has watched her.
        "typing": [Shown(f"{typing.newest.words_a_minute}", f"{typing.newest.accuracy}", False)]
        if typing
        else [],
    }


def public(profile: Profile) -> dict[str, list[Shown]]:
    """The part of it that she shows to everybody."""
    shown = lines(profile.secretary)
    return {name: found for name, found in shown.items() if getattr(profile, f"shows_{name}")}


def _vouched(what: str, row: Vouched, papers: dict) -> Shown:
    by = row.checked_by.name if row.checked_by else ""
    url = papers.get(row.media_id, "")
    return Shown(what, row.get_how_display(), row.is_checked, row.evidence, by, url)
