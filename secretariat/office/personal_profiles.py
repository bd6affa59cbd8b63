"""What is kept of what secretaries can do and show, and of those who look for one."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.retention.registry import Rule, Then, Whose, impersonal, personal

from .models import (
    ApplicantsPaper,
    Application,
    Certificate,
    Claim,
    Enquiry,
    FirmRequirement,
    Profile,
    Referee,
    SecretaryLanguage,
    SecretarySkill,
    Step,
    StepBefore,
    Training,
    TypingTest,
    Vacancy,
)
from .personal import EMPLOYMENT, PEOPLE
from .vacancies import papers


def _with_their_papers(applications) -> None:
    papers.forget_with(applications)
    applications.delete()


ENQUIRIES = Rule(
    "enquiries",
    Then.DELETED,
    since=_("it was answered"),
    days=365,
    over=lambda before: Enquiry.objects.filter(answered_at__lt=before),
)

APPLICATIONS = Rule(
    "applications",
    Then.DELETED,
    since=_("it was refused or taken back, or left half-way"),
    days=183,
    over=lambda before: Application.objects.filter(
        Q(state="started", changed_at__lt=before)
        | Q(state__in=["refused", "withdrawn"], decided_at__lt=before)
    ),
    doing=_with_their_papers,
)

# These two go with the application where nothing comes of it.
PAPERS = Rule(
    "applicants_papers",
    Then.DELETED,
    since=_("she was engaged"),
    days=183,
    over=lambda before: ApplicantsPaper.objects.filter(
        application__state="engaged", application__decided_at__lt=before
    ),
    doing=papers.forget,
)
REFERENCES = Rule(
    "references",
    Then.DELETED,
    since=_("she was engaged"),
    days=183,
    over=lambda before: Referee.objects.filter(
        application__state="engaged", application__decided_at__lt=before
    ),
)

personal(
    Profile,
    "public_name headline about specialities hours",
    what=_("what she says of herself in the directory"),
    whose=Whose.SECRETARY,
    rule=PEOPLE,
)
for model in (SecretarySkill, SecretaryLanguage):
    personal(
        model, "evidence", what=_("how it is known that she can do it"), whose=Whose.SECRETARY, rule=PEOPLE
    )
personal(
    Claim,
    "evidence answer",
    what=_("what she says she can do, and what was answered"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
impersonal(Claim, "language", because="a language's code")
personal(
    Certificate,
    "issued_by answer",
    what=_("her certificates, and what was answered"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
personal(
    TypingTest,
    "seconds words_a_minute not_counted",
    what=_("how fast somebody typed in a test, or why it does not count"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
impersonal(Training, "name", because="what can be learnt, not who has")
impersonal(Profile, "works_in", because="kinds of work out of a list of ours")
impersonal(FirmRequirement, "language", because="a language's code")
personal(
    Enquiry,
    "name firm email number words note written",
    what=_("who looked for a secretary, and what she needs"),
    whose=Whose.CLIENT,
    rule=ENQUIRIES,
)
impersonal(Enquiry, "language works_in", because="a language's code, and kinds of work out of a list of ours")
personal(
    Application,
    "email name number zone languages experience training room equipment referees because",
    what=_("who applies, and what she says of herself; of whoever is engaged it stays"),
    whose=Whose.ANYONE,
    rule=APPLICATIONS,
)
personal(
    Step,
    "note",
    what=_("how the steps of an application went"),
    whose=Whose.ANYONE,
    rule=APPLICATIONS,
    path="application",
)
personal(
    StepBefore,
    "note",
    what=_("how the steps of an application had gone before"),
    whose=Whose.ANYONE,
    rule=APPLICATIONS,
    path="step__application",
)
personal(
    Referee,
    "name known email again worked words",
    what=_("who was asked about an applicant, and what was answered; if nothing comes of it, with that"),
    whose=Whose.ANYONE,
    rule=REFERENCES,
)
personal(
    ApplicantsPaper,
    "kind",
    what=_("papers that came with an application; if nothing comes of it, with that"),
    whose=Whose.ANYONE,
    rule=PAPERS,
)
impersonal(Vacancy, "title work currency language rate", because="work that is to be had")
