"""Whom the demo's firm works for. All people, firms and numbers are invented."""

from dataclasses import dataclass, field
from datetime import time

from clients import team
from clients.models import (
    Assignment,
    CallType,
    Channel,
    Client,
    Contact,
    ContactAddress,
    Correspondent,
    CorrespondentAddress,
    DeliveryRule,
    Line,
    LineHours,
    Prompt,
)
from secretariat import clock

from .people import account

WORKDAYS = range(5)
CLOSED = "{greeting}, {client}, {secretary} speaking. The office is closed. May I take a message?"
NOTICE = "If nobody can come to the telephone, what you say after the tone is recorded for {name}."


@dataclass(frozen=True)
class Caller:
    name: str
    firm: str
    number: str
    says: str = ""
    vip: bool = False


@dataclass(frozen=True)
class Described:
    """A client in the words of this file."""

    name: str
    band: str
    owner: str
    job: str
    number: str
    forwarded_from: str
    mobile: str
    zone: str = "Europe/London"
    country: str = "GB"
    opens: int = 9
    closes: int = 17
    pronunciation: str = ""
    good_to_know: tuple[str, ...] = ()
    call_types: tuple[tuple[str, str, int], ...] = ()  # name, how it is handled, urgency
    callers: tuple[Caller, ...] = ()
    email: str = ""  # of the owner, when she may sign in with a well-known one
    others: tuple[tuple[str, str, str], ...] = field(default=())  # name, job, mobile
    other_numbers: bool = False  # callers may be put through to a number the secretary types


OKAFOR = Described(
    name="Okafor Legal",
    band="plum",
    owner="Ngozi Okafor",
    job="Solicitor",
    email="client@example.com",
    number="+442079460101",
    forwarded_from="+23414630190",
    mobile="+2348035550117",
    zone="Africa/Lagos",
    country="NG",
    pronunciation="oh-KAH-for",
    good_to_know=(
        "Never give out Ngozi’s own mobile.",
        "Never say whether somebody is a client of the firm.",
        "“Judge’s chambers” is always Court or deadline.",
    ),
    call_types=(
        ("Message", "Text to Ngozi when it is urgent, else portal and mail.", 1),
        ("New client", "Ask the questions. Quote no fees.", 1),
        ("Court or deadline", "Urgent: Ngozi is told at once.", 3),
    ),
    callers=(
        Caller("Dana Reyes", "Reyes Property", "+447700900123", "RAY-es"),
        Caller("Clerk to Harlow & Sons", "Harlow & Sons", "+442079460140", vip=True),
        Caller("Femi Balogun", "", "+2348035550151"),
        Caller("Adaeze Nwosu", "High Court registry", "+2348035550142", "ah-DAY-zeh"),
    ),
    others=(("Tunde Adeyemi", "Associate", "+2348035550118"),),
    other_numbers=True,
)
BRILL = Described(
    name="Brill Dental",
    band="teal",
    owner="Sam Brill",
    job="Dentist",
    email="rival@example.com",
    number="+442079460102",
    forwarded_from="+441632960190",
    mobile="+447700900118",
    opens=8,
    closes=18,
    good_to_know=("A patient in pain is always urgent.", "Appointments are confirmed by Sam, never by us."),
    call_types=(
        ("Message", "Portal and mail.", 1),
        ("In pain", "Urgent: Sam rings back within the hour.", 3),
        ("Move an appointment", "Ask for the day it stands on now.", 2),
    ),
    callers=(
        Caller("Tom Whitaker", "", "+447700900144"),
        Caller("Amina Yusuf", "", "+447700900151"),
        Caller("Orders", "Denta Supplies", "+441632960144"),
    ),
)
TIDEWELL = Described(
    name="Tidewell Plumbing",
    band="rust",
    owner="Gus Tidewell",
    job="Plumber",
    number="+442079460103",
    forwarded_from="+441632960191",
    mobile="+447700900119",
    opens=7,
    closes=19,
    good_to_know=("Water coming through a ceiling is urgent at any hour.",),
    call_types=(("Message", "Text to Gus.", 1), ("Leak", "Urgent. Ask for the stopcock and the address.", 3)),
    callers=(Caller("Mrs Pell", "", "+447700900161"), Caller("Copper Street Lettings", "", "+441632960161")),
)
MARLOWE = Described(
    name="Marlowe Architects",
    band="indigo",
    owner="Joan Marlowe",
    job="Partner",
    number="+442079460104",
    forwarded_from="+441632960192",
    mobile="+447700900120",
    call_types=(("Message", "Portal and mail.", 1), ("Planning office", "The same day.", 2)),
    callers=(
        Caller("Rafael Sousa", "City planning", "+441632960171"),
        Caller("Ines Park", "", "+447700900171"),
    ),
)
ALL = (OKAFOR, BRILL, TIDEWELL, MARLOWE)
NEW_CLIENT_PROMPTS = (
    ("Matter or case", Prompt.Kind.SHORT, ()),
    ("Best time to call", Prompt.Kind.SHORT, ()),
    ("How did you hear of us?", Prompt.Kind.CHOICE, ("A friend", "The web", "Another firm", "Not said")),
)


def take_on(described: Described, *, own, stand_in) -> Client:
    """A client with her line, her hours, her people, her callers and her team."""
    client = Client.objects.create(
        name=described.name,
        band=described.band,
        zone=described.zone,
        country=described.country,
        pronunciation=described.pronunciation,
        good_to_know="\n".join(described.good_to_know),
        partial_messages=True,
        other_numbers=described.other_numbers,
        closed_phrase=CLOSED,
    )
    _line(client, described)
    owner = _contact(client, described.owner, described.job, described.mobile, email=described.email)
    for name, job, mobile in described.others:
        _contact(client, name, job, mobile, standing=Contact.Standing.MEMBER)
    _rules(owner)
    _call_types(client, described)
    for caller in described.callers:
        _correspondent(client, caller)
    for secretary, turn in ((own, Assignment.Turn.OWN), (stand_in, Assignment.Turn.STAND_IN)):
        assignment = team.assign(secretary, client, by=None, at=clock.now(), turn=turn)
        Assignment.objects.filter(pk=assignment.pk).update(terms_accepted_at=clock.now())
    return client


def _line(client, described) -> None:
    line = Line.objects.create(
        client=client,
        number=described.number,
        forwarded_from=described.forwarded_from,
        label=client.name,
        ring_seconds=12,
        greeting=f"You have reached {client.name}. Somebody will be with you in a moment.",
        voicemail_greeting=f"You have reached {client.name}. Please leave your name, number and message.",
        recording_notice=NOTICE.format(name=client.name),
    )
    LineHours.objects.bulk_create(
        LineHours(
            client=client,
            line=line,
            kind=LineHours.Kind.OPEN,
            weekday=weekday,
            opens=time(described.opens),
            closes=time(described.closes),
        )
        for weekday in WORKDAYS
    )


def _contact(client, name, job, mobile, *, email="", standing=Contact.Standing.OWNER) -> Contact:
    address = email or f"{name.split()[0].lower()}@{client.name.split()[0].lower()}.example"
    person = Contact.objects.create(
        client=client,
        user=account(address, name, zone=client.zone) if email else None,
        name=name,
        job=job,
        standing=standing,
        rank=0 if standing == Contact.Standing.OWNER else 1,
    )
    for kind, value in ((ContactAddress.Kind.MOBILE, mobile), (ContactAddress.Kind.EMAIL, address)):
        ContactAddress.objects.create(client=client, contact=person, kind=kind, value=value)
    return person


def _rules(owner) -> None:
    """The owner reads everything in the portal and by mail, and what cannot wait by text as well."""
    for channel, at_least in ((Channel.PORTAL, 1), (Channel.EMAIL, 1), (Channel.TEXT, 1)):
        DeliveryRule.objects.create(client=owner.client, contact=owner, channel=channel, at_least=at_least)


def _call_types(client, described) -> None:
    for rank, (name, handling, urgency) in enumerate(described.call_types):
        call_type = CallType.objects.create(
            client=client, name=name, handling=handling, urgency=urgency, rank=rank, is_default=rank == 0
        )
        if name == "New client":
            for place, (caption, kind, choices) in enumerate(NEW_CLIENT_PROMPTS):
                Prompt.objects.create(
                    client=client,
                    call_type=call_type,
                    caption=caption,
                    kind=kind,
                    choices=list(choices),
                    rank=place,
                )


def _correspondent(client, caller) -> None:
    known = Correspondent.objects.create(
        client=client, name=caller.name, firm=caller.firm, pronunciation=caller.says, vip=caller.vip
    )
    CorrespondentAddress.objects.create(
        client=client, correspondent=known, kind=CorrespondentAddress.Kind.PHONE, value=caller.number
    )
