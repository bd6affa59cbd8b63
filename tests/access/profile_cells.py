"""The cells of profiles, teams and the directory."""

from django.core.files.uploadedfile import SimpleUploadedFile

from secretariat.office.models import Skill, Training

from .matrix import EVERYBODY, SECRETARIES
from .world import ADMIN, SUPERVISOR, TEAM

FIRM, HERS = frozenset({SUPERVISOR, ADMIN}), frozenset({TEAM})
SHOWN = {"is_public": "on", "public_name": "Priya", "headline": "Legal secretary", "hours_to": "30"}
ASKED = {"name": "Sam Buyer", "email": "sam@example.com", "words": "Somebody for the mornings"}
TYPED = {"words": "Somebody for the", "revision": "0"}
YES = {"answer": "yes", "how": "work"}


def a_skill(side) -> dict:
    return {"skill": str(Skill.objects.get(name="Minutes").pk), "skill_level": "2", "evidence": "Ten years"}


def a_paper(side) -> dict:
    paper = SimpleUploadedFile("paper.pdf", b"%PDF-1.4", content_type="application/pdf")
    training = str(Training.objects.get().pk)
    return {"training": training, "issued_by": "A school", "issued_on": "2026-01-02", "paper": paper}


def suggested(side) -> dict:
    return {"secretary": str(side.secretary.pk)}


def assigned(side) -> dict:
    return {"secretary": str(side.colleague.pk), "turn": "pool"}


def of(page, deed) -> list:
    return [*_her_own(page, deed), *_of_the_firm(page, deed), *_for_everybody(page, deed)]


def _her_own(page, deed) -> list:
    language = {"language": "fr", "level": "4"}
    return [
        page("my-fairness", SECRETARIES),
        page("my-profile", SECRETARIES),
        deed("my-profile", SECRETARIES, body=SHOWN),
        deed("my-skill", SECRETARIES, body=a_skill),
        deed("my-language", SECRETARIES, body=language),
        deed("my-claim-end", HERS, args=("claim",)),
        deed("my-certificate", SECRETARIES, body=a_paper),
        deed("my-certificate-end", HERS, args=("certificate",)),
        page("my-typing", SECRETARIES),
        deed("my-typing", SECRETARIES),
        page("my-typing-go", HERS, args=("typing_test",), shows=False),
        deed("my-typing-go", HERS, args=("typing_test",), body={"typed": "Thank you"}),
    ]


def _of_the_firm(page, deed) -> list:
    return [
        page("fairness", FIRM),
        page("profiles", FIRM),
        deed("usual-skills", FIRM),
        page("profile", FIRM, args=("secretary",)),
        deed("claim-answer", FIRM, args=("claim",), body=YES),
        deed("certificate-answer", FIRM, args=("certificate",), body={"answer": "yes"}),
        page("enquiries", FIRM, shows=True),
        page("enquiry", FIRM, args=("enquiry",)),
        deed("enquiry-suggest", FIRM, args=("enquiry",), body=suggested),
        deed("enquiry-close", FIRM, args=("enquiry",), body={"note": "They found somebody"}),
        deed("enquiry-reopen", FIRM, args=("closed_enquiry",)),
        page("teams", FIRM, shows=True),
        page("lacking", FIRM),
        page("team-suggest", FIRM, args=("client",)),
        deed("team-assign", FIRM, args=("client",), body=assigned),
    ]


def _for_everybody(page, deed) -> list:
    return [
        page("directory", EVERYBODY),
        page("directory-profile", EVERYBODY, args=("profile",), shows=False),
        page("directory-ask", EVERYBODY),
        deed("directory-ask", EVERYBODY, body=ASKED, status=302),
        deed("directory-ask-draft", EVERYBODY, body=TYPED, status=200, changes=False),
    ]
