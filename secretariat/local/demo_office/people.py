"""Who works in the demo, whom they work for, and who may sign in. The same password for everyone."""

from datetime import date, time

from allauth.account.models import EmailAddress

from clients import team
from clients.models import Assignment, Client, Contact, ContactAddress, DeliveryRule, Line, LineHours
from clients.models.contact import Channel
from secretariat import clock
from secretariat.office import presence
from secretariat.office.models import Firm, LineKind, Post, Secretary, SecretaryLanguage, User

PASSWORD = "a quiet desk by the window"


def engage_administrator() -> None:
    Firm.objects.create(name="Lantern")
    Post.objects.create(user=account("admin@example.com", "Ruth Adeyemi"), post=Post.Kind.ADMIN)


def engage_everyone() -> None:
    """A supervisor, two secretaries, and two clients who must never see each other."""
    Post.objects.create(user=account("supervisor@example.com", "Helen Marsh"), post=Post.Kind.SUPERVISOR)
    priya = secretary("secretary@example.com", "Priya Nair", "Priya", LineKind.BROWSER, "+442079460177")
    maya = secretary("secretary2@example.com", "Maya Lindqvist", "Maya", LineKind.PHONE, "+442079460178")
    # Her own telephone needs no browser, so she is there from the start.
    presence.start_shift(maya, line=LineKind.PHONE, at=clock.now(), declared=True)

    okafor = Client.objects.create(
        name="Okafor Legal",
        band=Client.Band.PLUM,
        pronunciation="oh-KAH-for",
        good_to_know="Never say whether somebody is a client of the firm.\nNgozi is in court most mornings.",
    )
    line(okafor, "+442079460101", forwarded_from="+442079460190", opens=time(8), closes=time(18, 30))
    ngozi = contact(okafor, "client@example.com", "Ngozi Okafor", "Solicitor", mobile="+447700900117")
    lopes = Client.objects.create(name="Lopes Bakery", band=Client.Band.TEAL, pronunciation="LOH-pesh")
    line(lopes, "+442079460102", forwarded_from="+442079460191", opens=time(7), closes=time(17))
    bruno = contact(lopes, "rival@example.com", "Bruno Lopes", "Baker", mobile="+447700900118")

    for client, own, stand_in in ((okafor, priya, maya), (lopes, maya, priya)):
        for who, turn in ((own, Assignment.Turn.OWN), (stand_in, Assignment.Turn.STAND_IN)):
            team.assign(who, client, by=None, at=clock.now(), turn=turn, terms_accepted_at=clock.now())
    for person in (ngozi, bruno):
        for channel, at_least in (
            (Channel.PORTAL, DeliveryRule.Urgency.NORMAL),
            (Channel.EMAIL, DeliveryRule.Urgency.NORMAL),
            (Channel.TEXT, DeliveryRule.Urgency.TODAY),
        ):
            DeliveryRule.objects.create(
                client=person.client, contact=person, channel=channel, at_least=at_least
            )


def account(email: str, name: str) -> User:
    """Somebody who can sign in at once: the address counts as verified."""
    user = User.objects.create_user(email, PASSWORD, name=name)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def secretary(email: str, name: str, spoken_name: str, line_kind: str, home_number: str) -> Secretary:
    engaged = Secretary.objects.create(
        user=account(email, name),
        spoken_name=spoken_name,
        line=line_kind,
        home_number=home_number,
        engaged_from=date(2024, 1, 8),
    )
    SecretaryLanguage.objects.create(secretary=engaged, language="en", level=SecretaryLanguage.Level.NATIVE)
    return engaged


def line(client: Client, number: str, *, forwarded_from: str, opens: time, closes: time) -> Line:
    """A forwarded line of a business that is open from Monday to Friday; we always answer."""
    made = Line.objects.create(client=client, number=number, forwarded_from=forwarded_from, ring_seconds=10)
    LineHours.objects.bulk_create(
        LineHours(
            client=client,
            line=made,
            kind=LineHours.Kind.OPEN,
            weekday=weekday,
            opens=opens,
            closes=closes,
        )
        for weekday in range(5)
    )
    return made


def contact(client: Client, email: str, name: str, job: str, *, mobile: str) -> Contact:
    made = Contact.objects.create(
        client=client, user=account(email, name), name=name, job=job, standing=Contact.Standing.OWNER
    )
    kinds = ContactAddress.Kind
    for kind, value in ((kinds.MOBILE, mobile), (kinds.EMAIL, email)):
        ContactAddress.objects.create(client=client, contact=made, kind=kind, value=value)
    return made
