"""The cells of vacancies and of those who apply."""

from django.core.files.uploadedfile import SimpleUploadedFile

from secretariat import clock
from secretariat.office import inviting
from secretariat.office.models import Invitation, Referee, Step
from secretariat.office.vacancies import steps
from secretariat.outbox.models import Effect

from .matrix import EVERYBODY, SECRETARIES
from .world import ADMIN, SUPERVISOR

FIRM = frozenset({SUPERVISOR, ADMIN})
OPEN, DRAFT, SENT, LINK = ("vacancy",), ("vacancy_draft",), ("application",), ("application_token",)
WRITTEN = {
    "title": "Evenings",
    "work": "Calls",
    "kind": "contractor",
    "hours_from": "5",
    "hours_to": "9",
    "hours_per": "week",
    "currency": "GBP",
    "rate": "15",
    "rate_for": "hour",
    "paid_each": "month",
    "pay_within_days": "7",
    "language": "en",
}


def a_paper(side) -> dict:
    paper = SimpleUploadedFile("me.pdf", b"%PDF-1.4", content_type="application/pdf")
    return {"kind": "identity", "paper": paper}


def is_invited(world, actor) -> None:
    steps.invite(world.a.application, by=world.people[ADMIN], at=clock.now())


def who_is_there(side) -> dict:
    return {"who": str(side.application.steps.first().by_id)}


def has_passed_everything(world, actor) -> None:
    came, by, at = world.a.application, world.people[ADMIN], clock.now()
    steps.invite(came, by=by, at=at)
    invitation = Invitation.objects.get(subject_id=came.pk)
    inviting.accept(invitation, at=at, name="Sena", password="quite long enough")
    for kind in Step.Kind:
        Step.objects.get_or_create(application=came, kind=kind, defaults={"state": "passed", "by": by})


def no_link_left_lately(world, actor) -> None:
    Effect.objects.filter(kind="office.application").delete()  # one leaves in an hour at the most


def another_address(side) -> dict:
    return {"email": f"another@{side.word}.example".lower()}


def came_back(world, actor) -> None:
    Referee.objects.update(mail_failed=True)


def of(page, deed) -> list:
    return [*_for_everybody(page, deed), *_of_the_firm(page, deed)]


def _for_everybody(page, deed) -> list:
    """Public pages, and those of whoever holds the link."""
    once = {"shows": False}
    begun = {"name": "Ida", "email": "ida@example.com"}
    go = ("application_token", "applicants_test")
    return [
        page("vacancies", EVERYBODY),
        page("vacancy", EVERYBODY, args=OPEN, **once),
        deed("vacancy-apply", EVERYBODY, args=OPEN, body=begun),
        page("application-find", EVERYBODY),
        deed(
            "application-find",
            EVERYBODY,
            body=lambda side: {"email": side.application.email},
            before=no_link_left_lately,
        ),
        page("application", EVERYBODY, args=LINK, **once),
        deed("application-send", EVERYBODY, args=LINK, body={"agreed": "on"}, status=302),
        deed("application-withdraw", EVERYBODY, args=LINK, status=302),
        deed("application-typing", EVERYBODY, args=LINK, status=302),
        page("application-typing-go", EVERYBODY, args=go, **once),
        deed("application-typing-go", EVERYBODY, args=go, body={"typed": "Thank you"}, status=302),
        deed("application-paper", EVERYBODY, args=LINK, body=a_paper, status=302),
        deed(
            "application-paper-away",
            EVERYBODY,
            args=("application_token", "applicants_paper"),
            status=302,
        ),
        deed(
            "application-referee",
            EVERYBODY,
            args=("came_token", "referee"),
            body=another_address,
            before=came_back,
            status=302,
        ),
        page("reference", EVERYBODY, args=("reference_token",), **once),
        deed("reference", EVERYBODY, args=("reference_token",), body={"again": "silent"}, status=302),
        page("application-step", EVERYBODY, args=("application_token", "page_work"), **once),
        deed(
            "application-step",
            EVERYBODY,
            args=("application_token", "page_work"),
            body={"languages": "French"},
            status=302,
        ),
        deed(
            "application-draft",
            EVERYBODY,
            args=("application_token", "page_work"),
            body={"languages": "Fren"},
            status=200,
        ),
        page("my-application", SECRETARIES),
    ]


def _of_the_firm(page, deed) -> list:
    failed = {"kind": "checks", "state": "failed", "note": "No papers"}
    return [
        page("firm-vacancies", FIRM),
        page("firm-vacancy-add", FIRM),
        deed("firm-vacancy-add", FIRM, body=WRITTEN),
        page("firm-vacancy", FIRM, args=OPEN, shows=False),
        deed("firm-vacancy", FIRM, args=OPEN, body=WRITTEN),
        deed("firm-vacancy-publish", FIRM, args=DRAFT),
        deed("firm-vacancy-close", FIRM, args=OPEN),
        page("applicants", FIRM, shows=True),
        page("applicant", FIRM, args=SENT),
        deed("applicant-invite", FIRM, args=SENT),
        deed("applicant-engage", FIRM, args=SENT, before=has_passed_everything),
        deed("applicant-refuse", FIRM, args=SENT, body={"words": "Somebody else came first"}),
        deed("applicant-step", FIRM, args=SENT, body=failed),
        deed("applicant-ask", FIRM, args=SENT),
        deed("applicant-referee", FIRM, args=("application", "referee"), body=another_address),
        deed("applicant-beside", FIRM, args=SENT, body=who_is_there, before=is_invited),
    ]
