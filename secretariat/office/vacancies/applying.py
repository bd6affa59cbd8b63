"""An application: begun with a name and an address, kept step by step, sent, taken back.

She needs no sign-in: the link in her mail opens it, and shows how it stands until the end. The link is
signed, not stored, and bound to her address.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat import outbox
from secretariat.office import inviting, presence, signals
from secretariat.office.contracts import letting_go
from secretariat.office.models import Application, Firm, User, Vacancy

from . import for_her, referring

KIND = "office.application"
AT_MOST = 10  # applications of one address whose links are sent at once
LINK = "{link}"  # stands in the frozen words of a mail; the link itself is made when it is sent
State = Application.State
# What must be there before it can be sent, by the page on which it is asked.
ASKED = {
    "you": ("number", "zone", "hours_week", "from_on"),
    "work": ("languages", "experience"),
    "home": ("room", "equipment"),
    "references": (),  # see referring
}


_GO_ON = gettext_lazy(
    "Here you go on with your application for “%(title)s”, now or later. What you have typed is kept. It "
    "stays yours until you send it to us."
)
_LOOK = gettext_lazy("Here you see how your application for “%(title)s” stands.")


class NotNow(Exception):
    """It does not stand as somebody thought. Says in plain words how it stands."""


def token(application: Application) -> str:
    signature = _signer().signature(_bound(application))
    return f"{signing.b64_encode(application.pk.bytes).decode()}.{signature}"


def read(text: str) -> Application:
    """The application behind a token. Raises Application.DoesNotExist for what we never signed."""
    key, _dot, signature = text.partition(".")
    try:
        pk = UUID(bytes=signing.b64_decode(key.encode()))
    except ValueError as nonsense:
        raise Application.DoesNotExist from nonsense
    found = Application.objects.select_related("vacancy").get(pk=pk)
    if not signing.constant_time_compare(signature, _signer().signature(_bound(found))):
        raise Application.DoesNotExist
    return found


def address(application: Application) -> str:
    return settings.PUBLIC_BASE_URL + reverse("application", args=[token(application)])


def _signer() -> signing.Signer:
    return signing.Signer(salt="office.application")


def _bound(application: Application) -> str:
    return f"{application.pk.hex}:{application.email.lower()}"


@transaction.atomic
def begin(vacancy: Vacancy, *, name: str, email: str, at: datetime) -> Application:
    """Keep who she is, and send her the link to go on with. Whoever began before is sent hers again."""
    under_way = Application.objects.filter(
        vacancy=vacancy, email__iexact=email, state__in=Application.UNDER_WAY
    )
    if before := under_way.first():
        send_link(before, at=at)
        return before
    try:
        with transaction.atomic():
            made = Application.objects.create(
                vacancy=vacancy, name=name, email=email, started_at=at, changed_at=at
            )
    except IntegrityError:  # sent twice at once
        return under_way.get()
    send_link(made, at=at)
    return made


@transaction.atomic
def send_again(email: str, *, at: datetime) -> int:
    """Send whoever applied with this address the link to each application of hers. Returns how many.

    Whether there are any is told to that address alone.
    """
    hers = list(Application.objects.filter(email__iexact=email).select_related("vacancy")[:AT_MOST])
    for application in hers:
        send_link(application, at=at)
    return len(hers)


def send_link(application: Application, *, at: datetime) -> None:
    """The link again, at most one an hour."""
    about = {"title": application.vacancy.title, "firm": Firm.current().name}
    mail(
        application,
        f"link:{at:%Y%m%d%H}",
        _("Your application to %(firm)s") % about,
        (_GO_ON if application.state == State.STARTED else _LOOK) % about + f"\n\n{LINK}",
    )


@transaction.atomic
def keep(
    application: Application, *, at: datetime, named: Iterable[referring.Named] = (), **said
) -> Application:
    """Keep what she has said so far, and whom she has named. Raises NotNow once it is sent."""
    started = Application.objects.filter(pk=application.pk, state=State.STARTED)
    if not started.update(changed_at=at, **said):
        raise NotNow(_("It is sent, and does not change any more."))
    referring.keep(application, named)
    application.refresh_from_db()
    return application


def missing(application: Application) -> list[str]:
    """The pages on which something is still to be said, in order."""
    empty = [
        page
        for page, names in ASKED.items()
        if any(getattr(application, name) in ("", None) for name in names)
    ]
    return empty if referring.are_said(application) else [*empty, "references"]


@transaction.atomic
def send(application: Application, *, agreed: bool, at: datetime) -> Application:
    """She gives it to us; the firm is told. Raises NotNow while something is missing."""
    if not agreed:
        raise NotNow(_("Tick that we may keep and check what you have written."))
    if missing(application):
        raise NotNow(_("Something is still to be filled in."))
    started = Application.objects.filter(pk=application.pk, state=State.STARTED)
    if not started.update(state=State.SENT, agreed_at=at, sent_at=at, changed_at=at):
        raise NotNow(_("It is sent already."))
    application.refresh_from_db()
    words = {"name": application.name, "title": application.vacancy.title}
    signals.request_made.send(
        sender=Application,
        kind=KIND,
        subject=(KIND, application.pk),
        because=_("%(name)s applies for “%(title)s”.") % words,
        at=at,
    )
    arrived = _("Your application has arrived. The same link shows how it stands:")
    mail(application, "sent", _("Your application has arrived"), f"{arrived}\n\n{LINK}")
    return application


@transaction.atomic
def withdraw(application: Application, *, at: datetime) -> Application:
    """She takes it back, and works here no more if she had joined. What she wrote goes when its time is over.

    An invitation she was sent opens no more. Raises NotNow while she is on a call.
    """
    # Before the application's row, in the order in which joining takes the two.
    inviting.withdraw_all(subject_id=application.pk, by=None, at=at)
    under_way = Application.objects.filter(pk=application.pk, state__in=Application.UNDER_WAY)
    if not under_way.update(state=State.WITHDRAWN, decided_at=at, changed_at=at):
        raise NotNow(_("It is settled already."))
    application.refresh_from_db()
    let_go(application, because=_("She took her application back"), by=None, at=at)
    referring.settled_all(application, by=None, outcome=_("Taken back by her"))
    signals.request_settled.send(
        sender=Application, subject=(KIND, application.pk), by=None, outcome=_("Taken back by her")
    )
    return application


def let_go(application: Application, *, because: str, by: User | None, at: datetime) -> None:
    """Nothing comes of it: whoever had joined by it works here no more. Who was here before stays."""
    if application.secretary is None or not for_her.came_by(application):
        return
    try:
        letting_go.let_go(application.secretary, because=because, by=by, at=at)
    except presence.NotNow as busy:
        raise NotNow(_("There is a call just now. Once it has ended, this can be done.")) from busy


def mail(application: Application, what: str, subject: str, text: str) -> None:
    """A mail to her; LINK in it is put in when it leaves, so that no table holds it."""
    outbox.post(
        KIND,
        key=f"{KIND}:{what}:{application.pk}",
        subject=(KIND, application.pk),
        payload={"to": application.email, "subject": subject, "text": text},
    )
