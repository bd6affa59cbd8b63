"""What each side's secretary can do: a profile, a skill she names, a paper, a test; and who asks for her."""

from datetime import date
from io import BytesIO

from django.core.files.base import File

from secretariat import clock
from secretariat.office.directory import enquiring
from secretariat.office.models import Profile, Skill, Training
from secretariat.office.profiles import claiming, proving


def _asked(side, profile, at):
    said = {"name": f"Buyer {side.word}", "email": "buyer@example.com", "words": "Calls"}
    return enquiring.ask(profile=profile, at=at, **said)


def profile_of(side, secretary, firm) -> dict:
    at = clock.now()
    skill, _made = Skill.objects.get_or_create(name="Shorthand")
    Skill.objects.get_or_create(name="Minutes")
    training, _made = Training.objects.get_or_create(name="First aid at the telephone")
    profile = Profile.objects.create(secretary=secretary, is_public=True, public_name=secretary.spoken_name)
    paper = proving.hand_in(
        secretary,
        training=training,
        issued_by=f"School of {side.word}",
        issued_on=date(2026, 1, 5),
        expires_on=None,
        paper=File(BytesIO(b"%PDF-1.4"), name="paper.pdf"),
        content_type="application/pdf",
        at=at,
    )
    return {
        "profile": profile,
        "claim": claiming.name(secretary, skill=skill, evidence=f"Learnt at {side.word}", at=at),
        "certificate": paper,
        "typing_test": proving.begin_typing(secretary, at=at),
        "enquiry": _asked(side, profile, at),
        "closed_enquiry": enquiring.close(
            _asked(side, profile, at), by=firm, at=at, note="They found somebody"
        ),
    }
