"""What is kept of what secretaries can do and show, and of those who look for one."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.retention.registry import Rule, Then, Whose, impersonal, personal

from .models import (
    Application,
    Certificate,
    Claim,
    Enquiry,
    FirmRequirement,
    Profile,
    SecretaryLanguage,
    SecretarySkill,
    Step,
    Training,
    TypingTest,
    Vacancy,
)
from .personal import EMPLOYMENT, PEOPLE

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
    "name firm email number words note",
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
impersonal(Vacancy, "title work currency language rate", because="work that is to be had")
