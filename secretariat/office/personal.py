"""What sign-ins and people of the firm leave in the tables, those of libraries among them."""

from datetime import timedelta
from functools import partial

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from secretariat.retention.registry import Rule, Then, Whose, impersonal, personal

from .models import (
    Absence,
    Break,
    BreakReason,
    Contract,
    ContractSigning,
    ContractWord,
    Firm,
    HalfTyped,
    Invitation,
    LineTest,
    NumberCheck,
    Partner,
    PayTerm,
    PlanChange,
    PlannedShift,
    Presence,
    Secretary,
    SecretaryLanguage,
    SecurityRule,
    Shift,
    ShiftFeed,
    Skill,
    Suspension,
    Swap,
    User,
    UsualShift,
    Wish,
)

PEOPLE = Rule(
    "people",
    Then.KEPT,
    because=_("while they work here or have a sign-in; the firm deletes or changes it"),
)
EMPLOYMENT = Rule(
    "employment",
    Then.KEPT,
    because=_("records of engagement, hours and pay, which the law asks the firm to keep"),
)


def conversations(name: str, **facts) -> Rule:
    """A rule of the firm's figure for what callers and clients said."""
    field = "conversations_kept_days"
    return Rule(
        name,
        Then.EMPTIED,
        days=Firm._meta.get_field(field).get_default(),
        set_by=partial(Firm.figure, field),
        **facts,
    )


def _old_invitations(before):
    ended = Q(used_at__lt=before) | Q(withdrawn_at__lt=before) | Q(expires_at__lt=before)
    return Invitation.objects.filter(ended)


def _ended_sessions(_before):
    return Session.objects.filter(expire_date__lt=Now())  # the computer's clock, as sessions are


def _known_browsers(_before):
    # Somebody who signs in this very moment is on the list a little before her session is saved.
    lasting = Session.objects.filter(pk=OuterRef("session_key"))
    return UserSession.objects.filter(~Exists(lasting), created_at__lt=Now() - timedelta(days=1))


INVITATIONS = Rule(
    "invitations",
    Then.DELETED,
    since=_("it was accepted or taken back, or its time ran out"),
    days=90,
    over=_old_invitations,
)
CHECKS = Rule(
    "number checks",
    Then.DELETED,
    since=_("its code was good"),
    days=30,
    over=lambda before: NumberCheck.objects.filter(
        Q(ended_at__lt=before) | Q(ended_at=None), expires_at__lt=before
    ),
)
HALF_TYPED = Rule(
    "half typed",
    Then.DELETED,
    since=_("it was typed last"),
    days=60,
    over=lambda before: HalfTyped.objects.filter(saved_at__lt=before),
)
SESSIONS = Rule("sessions", Then.DELETED, since=_("the sign-in ran out"), days=0, over=_ended_sessions)
BROWSERS = Rule(
    "browsers", Then.DELETED, since=_("the sign-in ended, the next day"), days=0, over=_known_browsers
)
ADMIN_LOG = Rule(
    "admin log",
    Then.DELETED,
    since=_("the change; who changed what stays on the ledger, without names"),
    days=365,
    over=lambda before: LogEntry.objects.filter(action_time__lt=before),
)

personal(
    User,
    "email name password",
    what=_("who signs in: name, address, a hash of the password"),
    whose=Whose.ANYONE,
    rule=PEOPLE,
)
impersonal(User, "zone keys", because="how a desk is set")
personal(EmailAddress, "email", what=_("addresses of sign-ins"), whose=Whose.ANYONE, rule=PEOPLE)
personal(
    Authenticator, "data", what=_("passkeys and authenticator apps, sealed"), whose=Whose.ANYONE, rule=PEOPLE
)
impersonal(EmailConfirmation, "key", because="never written: links are signed")
personal(
    Session,
    "session_key session_data",
    what=_("open sign-ins, and what a visitor has typed of an enquiry"),
    whose=Whose.ANYONE,
    rule=SESSIONS,
)
personal(
    UserSession,
    "ip session_key user_agent data",
    what=_("the browsers somebody is signed in with, and from where"),
    whose=Whose.ANYONE,
    rule=BROWSERS,
)
personal(
    LogEntry,
    "object_repr change_message",
    what=_("what was changed in the admin, by name"),
    whose=Whose.ANYONE,
    rule=ADMIN_LOG,
)
impersonal(LogEntry, "object_id", because="an id")
impersonal(Permission, "name codename", because="of the framework, unused")
impersonal(Group, "name", because="of the framework, unused")
impersonal(ContentType, "app_label model", because="of the framework")

personal(
    Secretary,
    "spoken_name home_number verified_number",
    what=_("the name she says, and her own telephone"),
    whose=Whose.SECRETARY,
    rule=PEOPLE,
)
impersonal(Secretary, "zone", because="a time zone")
impersonal(SecretaryLanguage, "language", because="a language's code")
impersonal(Skill, "name", because="a skill, not who has it")
impersonal(BreakReason, "name", because="a choice the firm offers")
impersonal(Firm, "name zone country", because="the firm itself")
personal(
    Invitation,
    "email name",
    what=_("who was invited, and where to"),
    whose=Whose.ANYONE,
    rule=INVITATIONS,
)
personal(
    NumberCheck, "number", what=_("a telephone that was to be verified"), whose=Whose.SECRETARY, rule=CHECKS
)
personal(
    Presence,
    "break_reason",
    what=_("why she is on a break now"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
personal(Break, "reason", what=_("why she was on a break"), whose=Whose.SECRETARY, rule=EMPLOYMENT)
personal(
    Suspension,
    "note handed_over",
    what=_("why somebody may not sign in, and what went to others"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
personal(
    PlannedShift,
    "note despite reason",
    what=_("notes of a planned shift, and why one was late or missed"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
impersonal(PlannedShift, "zone language", because="a time zone and a language's code")
impersonal(UsualShift, "zone language", because="a time zone and a language's code")
impersonal(PlanChange, "before after", because="ids and times of shifts")
personal(
    Absence,
    "note answer",
    what=_("why she is away, and what was answered"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
personal(Wish, "note", what=_("why she cannot work then"), whose=Whose.SECRETARY, rule=EMPLOYMENT)
personal(
    Swap,
    "note answer",
    what=_("what she wrote to a colleague about a swap"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
impersonal(ShiftFeed, "token_hash", because="the hash of a secret address")
personal(
    Contract,
    "role duties benefits rights obligations confidentiality breach words ended_because because_before "
    "handed_over trial_again_because",
    what=_("what she and the firm have agreed, and how it ended"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
impersonal(
    Contract,
    "min_hours_week max_hours_week min_hours_month max_hours_month currency trial_hours sha256",
    because="figures, and a hash",
)
impersonal(PayTerm, "of per amount hours condition until_on", because="what is paid for what")
impersonal(Partner, "name address rules max_hours_week max_hours_month", because="a company")
personal(
    ContractSigning,
    "name",
    what=_("the name under a contract"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
impersonal(ContractSigning, "sha256", because="a hash")
personal(
    ContractWord,
    "words",
    what=_("what was asked and answered about a contract"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
personal(
    LineTest,
    "spare",
    what=_("what she does when her line fails"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
impersonal(SecurityRule, "words", because="what is asked of everybody")
impersonal(Shift, "rules_kept", because="what is asked of everybody, as it was ticked")
personal(
    HalfTyped,
    "fields",
    what=_("what somebody has typed into a long form and not sent"),
    whose=Whose.ANYONE,
    rule=HALF_TYPED,
)
impersonal(HalfTyped, "form", because="our name of a form")

from . import personal_profiles  # noqa: E402, F401  kept beside, by the rules above
