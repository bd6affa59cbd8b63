"""What is kept of what secretaries can do and show, and of those who look for one."""

from django.utils.translation import gettext_lazy as _

from secretariat.retention.registry import Rule, Then, Whose, impersonal, personal

from .models import (
    Certificate,
    Claim,
    Enquiry,
    FirmRequirement,
    Profile,
    SecretaryLanguage,
    SecretarySkill,
    Training,
    TypingTest,
)
from .personal import EMPLOYMENT, PEOPLE

ENQUIRIES = Rule(
    "enquiries",
    Then.DELETED,
    since=_("it was answered"),
    days=365,
    over=lambda before: Enquiry.objects.filter(answered_at__lt=before),
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
    "not_counted",
    what=_("why a typing test of hers does not count"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
impersonal(Training, "name", because="what can be learnt, not who has")
impersonal(FirmRequirement, "language", because="a language's code")
personal(
    Enquiry,
    "name firm email number words note",
    what=_("who looked for a secretary, and what she needs"),
    whose=Whose.CLIENT,
    rule=ENQUIRIES,
)
impersonal(Enquiry, "language", because="a language's code")
