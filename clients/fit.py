"""May she be offered this client's calls, however free she is? Pure: no clock, no database, no settings.

The same judgement admits her to a call that rings (`calls.routing`), and says of a shift that is planned
whether it covers the client (`covering`), by what holds on its day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from secretariat.office.profiles import matching


class What(StrEnum):
    """What stands in the way, and so where it is mended."""

    SHUT_OUT = "shut_out"
    TRAINING = "training"
    CONTRACT = "contract"
    TERMS = "terms"
    PAPERS = "papers"


@dataclass(frozen=True)
class Hindrance:
    """Why she is not offered the calls, in words that go on after "but"."""

    what: What
    words: str


def hindrance(
    *,
    suspended: bool = False,
    engaged: bool = True,
    training: Iterable[str] = (),
    contracted: bool = True,
    of_pool: bool = False,
    terms_waiting: bool = False,
    terms_accepted: bool = True,
    required: Iterable[str] = (),
    level: int = 0,
    level_needed: int = 0,
    skills: Iterable[str] = (),
) -> Hindrance | None:
    """What keeps her from these callers, the first thing; None if nothing does.

    `training` names what is open before her first shift, `required` and `skills` what she lacks. Only of the
    pool are acceptance by itself, the callers' language and skills asked for. Who is suspended, not engaged
    or in training is not at work, and so no call that rings asks for that; a plan does.
    """
    if suspended:
        return Hindrance(What.SHUT_OUT, _("she is suspended"))
    if not engaged:
        return Hindrance(What.CONTRACT, _("she does not work here on that day"))
    if steps := ", ".join(training):
        return Hindrance(What.TRAINING, _("she is in training; still open: %(steps)s") % {"steps": steps})
    if not contracted:
        return Hindrance(What.CONTRACT, _("she has no signed contract"))
    if terms_waiting or (of_pool and not terms_accepted):
        return Hindrance(What.TERMS, _("she has not accepted this client’s terms"))
    if not of_pool:
        level_needed, skills = 0, ()
    lacks = matching.unfit(required=required, level=level, level_needed=level_needed, skills=skills)
    return Hindrance(What.PAPERS, lacks[0]) if lacks else None
