"""Somebody who applies, in each state a page asks for. No client is in it."""

from datetime import date
from decimal import Decimal

from secretariat import clock
from secretariat.office.models import Application, Vacancy
from secretariat.office.profiles import proving
from secretariat.office.vacancies import applying, publishing, steps

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
    came = applying.send(came, agreed=True, at=at)
    for kind in steps.BEFORE_JOINING:
        steps.settle(came, kind, state="passed", note="", by=firm, at=at)
    return {
        "page_work": "work",
        "vacancy": vacancy,
        "vacancy_draft": written("Evenings"),
        "application": came,
        "application_token": applying.token(started),
        "applicants_test": proving.begin_typing(started, at=at),
    }
