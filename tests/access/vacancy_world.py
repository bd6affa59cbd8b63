"""Somebody who applies, in each state a page asks for. No client is in it."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from django.core.files.base import File

from secretariat import clock
from secretariat.office.models import Application, Referee, Vacancy
from secretariat.office.profiles import proving
from secretariat.office.vacancies import applying, papers, publishing, referring, steps

FILLED = {
    "number": "+447700900555",
    "zone": "Europe/London",
    "hours_week": 20,
    "from_on": date(2027, 1, 4),
    "languages": "English",
    "experience": "Six years",
    "room": "My own",
    "equipment": "A laptop",
    "referees": "Mr Brill",
}


def who_applies(side, firm) -> dict:
    at, word = clock.now(), side.word

    def written(title) -> Vacancy:
        vacancy = Vacancy(title=title, work="Calls", hours_from=9, hours_to=20, rate=Decimal(14))
        return publishing.write(vacancy, by=firm)

    vacancy = publishing.publish(written("Mornings"), by=firm, at=at)

    def begun(name) -> Application:
        made = applying.begin(
            vacancy, name=f"{name} {word}", email=f"{name}.{word}@example.com".lower(), at=at
        )
        return applying.keep(made, at=at, **FILLED)

    started, came = begun("Nora"), begun("Sena")
    paper = papers.hand_in(
        started,
        kind="life",
        paper=File(BytesIO(b"%PDF-1.4"), name="cv.pdf"),
        content_type="application/pdf",
        at=at,
    )
    came = applying.send(came, agreed=True, at=at)
    brill = Referee.objects.create(
        application=came, place=1, name="Mr Brill", email=f"brill@{word}.example".lower()
    )
    referring.ask(came, by=firm, at=at)
    brill.refresh_from_db()
    Referee.objects.create(application=came, place=2, name="Ms Holm", email=f"holm@{word}.example".lower())
    for kind in steps.BEFORE_JOINING:
        steps.settle(came, kind, state="passed", note="Seen", by=firm, at=at)
    return {
        "page_work": "work",
        "vacancy": vacancy,
        "vacancy_draft": written("Evenings"),
        "application": came,
        "application_token": applying.token(started),
        "applicants_paper": paper,
        "came_token": applying.token(came),
        "referee": brill,
        "reference_token": referring.token(brill),
        "applicants_test": proving.begin_typing(started, at=at),
    }
