"""Who works at the demo's firm and who may sign in. Everyone has the same password."""

from datetime import date

from allauth.account.models import EmailAddress

from secretariat.office.models import (
    Firm,
    LineKind,
    Post,
    Presence,
    Secretary,
    SecretaryLanguage,
    SecretarySkill,
    Shift,
    Skill,
    User,
)
from secretariat.office.profiles import skills

PASSWORD = "a quiet desk by the window"


def engage_administrator() -> None:
    Firm.current()
    Firm.objects.update(name="Lantern")
    skills.put_in_the_usual()
    Post.objects.create(user=account("admin@example.com", "Ruth Adeyemi"), post=Post.Kind.ADMIN)


def engage_secretaries() -> tuple[Secretary, Secretary]:
    """A supervisor and two secretaries: one answers in her browser, the other at her own telephone."""
    Post.objects.create(user=account("supervisor@example.com", "Helen Marsh"), post=Post.Kind.SUPERVISOR)
    priya = secretary("secretary@example.com", "Priya Nair", LineKind.BROWSER, "+442079460177", ["en", "hi"])
    maya = secretary(
        "secretary2@example.com", "Maya Lindqvist", LineKind.PHONE, "+442079460178", ["en", "sv"]
    )
    start_shift_by_phone(maya)
    return priya, maya


def account(email: str, name: str, **more) -> User:
    """Somebody who can sign in at once: the address counts as verified."""
    user = User.objects.create_user(email, PASSWORD, name=name, **more)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def secretary(email: str, name: str, line: str, home_number: str, languages: list[str]) -> Secretary:
    engaged = Secretary.objects.create(
        user=account(email, name),
        spoken_name=name.split()[0],
        line=line,
        home_number=home_number,
        verified_number=home_number,
        engaged_from=date(2024, 1, 8),
    )
    for language in languages:
        SecretaryLanguage.objects.create(
            secretary=engaged, language=language, level=SecretaryLanguage.Level.NATIVE
        )
    skill = Skill.objects.get_or_create(name="Legal offices")[0]
    SecretarySkill.objects.create(secretary=engaged, skill=skill)
    return engaged


def start_shift_by_phone(who: Secretary) -> None:
    """On shift with her own telephone, which needs no browser and so no heartbeat."""
    Shift.objects.create(secretary=who, line=LineKind.PHONE)
    Presence.objects.update_or_create(
        secretary=who, defaults={"state": Presence.State.READY, "line": LineKind.PHONE}
    )
