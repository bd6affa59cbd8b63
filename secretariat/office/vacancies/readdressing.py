"""A question to a referee that came back, and her address put right: by the firm, or by whoever applies.

The link is bound to the address it went to: once that is another, the link that went astray opens nothing.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from secretariat import ledger
from secretariat.office.models import Application, Referee, User

from . import applying, referring
from .applying import LINK
from .referring import ASKING, KIND, NotNow


@transaction.atomic
def came_back(referee: Referee, *, key: str, addresses: Collection[str], at: datetime) -> None:
    """The mail of this key left us and did not reach these addresses; none are named where it went to one.

    It is put before the firm, and she who applies is asked for another address. What comes late, of an
    earlier address or of a question that is answered, changes nothing.
    """
    referee = _locked(referee)
    hers = referee.email.lower()
    if referee.mail_failed or referee.answered_at or referee.application.state not in ASKING:
        return
    if not referring.is_newest(referee, key) or (addresses and hers not in addresses):
        return
    Referee.objects.filter(pk=referee.pk).update(mail_failed=True)
    referring.show(referee, _("The mail to %(name)s about %(applicant)s came back."), at)
    words = _(
        "Our mail to %(name)s, whom you have named, came back: nobody was reached at the address you gave "
        "us. Here you can write another:"
    )
    applying.mail(
        referee.application,
        f"unreached:{referee.pk}:{at:%Y%m%d%H%M%S}",
        _("We could not reach %(name)s") % {"name": referee.name},
        f"{words % {'name': referee.name}}\n\n{LINK}",
    )


def unreached(application: Application) -> QuerySet[Referee]:
    """Whose address she who applies may put right: those whom no mail reached."""
    rows = application.named.filter(mail_failed=True, answered_at=None)
    return rows if application.state in ASKING else rows.none()


@transaction.atomic
def correct(referee: Referee, email: str, *, by: User | None, at: datetime) -> None:
    """Another address. The firm (`by`) asks there at once; where she who applies says it, the firm is told.

    Raises NotNow where it is answered or decided by now.
    """
    referee = _locked(referee)
    if referee.answered_at:
        raise NotNow(_("%(name)s has answered meanwhile.") % {"name": referee.name})
    if referee.application.state not in ASKING:
        raise NotNow(_("It is decided: nobody is asked any more."))
    unasked = {"asked_at": None, "asked_by": None, "reminded_at": None, "given_up_at": None}
    Referee.objects.filter(pk=referee.pk).update(email=email, mail_failed=False, **unasked)
    referring.settled(referee, by=by, outcome=_("Another address"))
    subject = ("office.application", referee.application_id)
    ledger.record(f"{KIND}.readdressed", actor_id=by.pk if by else None, subject=subject, detail={})
    referee.refresh_from_db(fields=["email", "mail_failed", *unasked])
    if by:
        referring.ask_one(referee, by=by, at=at)
    else:
        referring.show(referee, _("%(applicant)s has put the address of %(name)s right: ask again."), at)


def _locked(referee: Referee) -> Referee:
    rows = Referee.objects.select_for_update(of=("self",)).select_related("application__vacancy")
    return rows.get(pk=referee.pk)
