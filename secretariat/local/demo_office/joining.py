"""The demo's public profiles, a vacancy, two who apply for it, and somebody who looks for a secretary."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

from django.core.files.base import File

from secretariat import clock
from secretariat.office.directory import enquiring
from secretariat.office.models import (
    Post,
    Profile,
    Referee,
    Secretary,
    SecretarySkill,
    Skill,
    Step,
    Training,
    User,
    Vacancy,
)
from secretariat.office.profiles import claiming, keeping, proving, typing
from secretariat.office.vacancies import applying, publishing, referring, steps

YEAR = timedelta(days=365)
PROFILES = (
    (
        *("Priya N.", "Legal secretary, calm on the telephone", ["minutes", "correspond"]),
        *("Solicitors\nMedical practices", 15, 30),
    ),
    ("Maya L.", "Mornings in two languages", ["calls"], "Trades\nOnline shops", 10, 25),
)
SAID = {
    "number": "+447700900611",
    "zone": "Europe/London",
    "hours_week": 18,
    "languages": "English, first language; French, B2",
    "experience": "Six years at the front desk of a notary, two of them as her secretary.",
    "training": "Diploma of the town’s business school.",
    "room": "A room of my own with a door; nobody else is at home in the mornings.",
    "equipment": "A laptop, a wired headset, fibre; a mobile with data if it fails.",
    "referees": "Mrs Dahl, who had the desk next to mine: +44 20 7946 0655.",
}
NAMED = (
    referring.Named(1, "Mr Brill", "I was his secretary for two years", "brill@brill-daughters.example"),
    referring.Named(2, "Ms Holm", "Taught me at the business school", "holm@school.example"),
)
BRILL_SAYS = {
    "again": Referee.Again.YES,
    "worked": "At the front desk, then as my secretary, six years",
    "words": "Calm on the telephone, exact on paper, and nothing she heard here was ever heard outside.",
}


def show(*secretaries: Secretary) -> None:
    """Two of those who work here want to be found; of one a paper waits, of the other a skill she names."""
    at = clock.now()
    helen = User.objects.get(posts__post=Post.Kind.SUPERVISOR)
    minutes, _made = Skill.objects.get_or_create(name="Minutes of meetings")
    privacy, _made = Training.objects.get_or_create(name="Data protection for secretaries", kind="other")
    for secretary, (name, headline, works_in, specialities, least, most) in zip(
        secretaries, PROFILES, strict=True
    ):
        profile = Profile(
            secretary=secretary,
            is_public=True,
            public_name=name,
            headline=headline,
            about="I answer as if I sat in your own front room, and write down what was said.",
            specialities=specialities,
            hours="Weekday mornings",
            hours_from=least,
            hours_to=most,
            works_in=works_in,
            shows_training=True,
        )
        keeping.keep(profile, by=secretary.user, at=at)
    first, second = secretaries
    known = {"level": 3, "how": "work", "evidence": "Council meetings"}
    checked = {"checked_by": helen, "checked_at": at}
    SecretarySkill.objects.get_or_create(secretary=first, skill=minutes, defaults=known | checked)
    proving.check(_paper(first, privacy, at, expires_in=timedelta(days=24)), by=helen, at=at)
    _paper(second, privacy, at, expires_in=YEAR)
    claiming.name(second, skill=minutes, skill_level=2, evidence="I did it for a housing association", at=at)
    enquiring.ask(
        profile=None,
        at=at,
        name="Sam Halloran",
        firm="Halloran Kitchens",
        email="sam@halloran.example",
        language="en",
        hours_week=12,
        words="We are three fitters and nobody picks up while we drill. Mornings would do to begin with.",
    )


def _paper(secretary, training, at, *, expires_in):
    today = at.date()
    return proving.hand_in(
        secretary,
        training=training,
        issued_by="The firm’s own course",
        issued_on=today - YEAR,
        expires_on=today + expires_in,
        paper=File(BytesIO(b"%PDF-1.4\n%%EOF\n"), name="certificate.pdf"),
        content_type="application/pdf",
        at=at,
    )


def seek() -> None:
    """A vacancy that is published: one has sent her application and typed, another stopped half-way."""
    at = clock.now()
    helen = User.objects.get(posts__post=Post.Kind.SUPERVISOR)
    vacancy = Vacancy(
        title="Mornings on the telephone",
        work=(
            "You answer for four clients, from home, between eight and one. You take messages, put urgent "
            "calls through and keep two diaries.\n\nWe pay for all time at work, also for the time between "
            "calls that you spend on mail, and you have a supervisor whom you can ask."
        ),
        hours_from=15,
        hours_to=25,
        rate=Decimal("14.60"),
    )
    publishing.write(vacancy, by=helen)
    publishing.publish(vacancy, by=helen, at=at - timedelta(days=6))
    came = applying.begin(vacancy, name="Nora Quist", email="nora@quist.example", at=at - timedelta(days=4))
    applying.keep(came, at=at, from_on=date(at.year + 1, 1, 4), named=NAMED, **SAID)
    came = applying.send(came, agreed=True, at=at - timedelta(days=3))
    go = proving.begin_typing(came, at=at - timedelta(days=3))
    proving.end_typing(go, typing.PASSAGES[0][:330], at=go.begun_at + timedelta(seconds=72))
    referring.ask(came, by=helen, at=at - timedelta(days=2))
    brill = came.named.get(place=1)
    referring.answer(brill, **BRILL_SAYS, at=at - timedelta(days=1))
    steps.settle(
        came,
        Step.Kind.REFERENCES,
        state=Step.State.PASSED,
        note="What Mr Brill writes is enough",
        by=helen,
        at=at - timedelta(days=1),
    )
    half = applying.begin(vacancy, name="Ida Renn", email="ida@renn.example", at=at - timedelta(days=1))
    applying.keep(
        half, at=at - timedelta(days=1), number="+447700900612", zone="Europe/London", hours_week=12
    )
