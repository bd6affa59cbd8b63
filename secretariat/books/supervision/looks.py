"""Who has looked at what is kept of a secretary, from the ledger, for her to read: each look, and at what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.apps import apps
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.models import Call
from clients.models import Lapse, Practice
from secretariat import clock
from secretariat.books.models import PayStatement
from secretariat.ledger.models import LedgerEntry
from secretariat.office import looking
from secretariat.office.looking import Of
from secretariat.office.models import (
    ApplicantsPaper,
    Application,
    Certificate,
    Claim,
    Contract,
    Post,
    Secretary,
    SecretaryLanguage,
    SecretarySkill,
    User,
)

A_PAGE = 50
WITH_A_PAPER = (Certificate, Claim, SecretarySkill, SecretaryLanguage)
OF_CALLS = timedelta(days=90)  # how far back a call of hers may lie whose record was looked at
BEFORE = "office.secretary"  # as looks were named that did not say at what of hers
CALL = "calls.call"
WHAT = {kind.value: kind.label for kind in Of} | {
    BEFORE: gettext_lazy("your hours, figures or profile"),
    "office.contract": gettext_lazy("your contract"),
    "books.paystatement": gettext_lazy("your pay"),
    "office.user": gettext_lazy("the page on which your access is suspended"),
    "office.application": gettext_lazy("your application"),
    "clients.practice": gettext_lazy("a practice call of yours"),
    "clients.lapse": gettext_lazy("a lapse of confidentiality that concerns you"),
    "media.mediafile": gettext_lazy("a certificate or a paper of yours"),
    CALL: gettext_lazy("the record of a call of yours"),
}


@dataclass(frozen=True)
class Look:
    """Somebody looked at what is kept of her."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True)
class Page:
    looks: list[Look]
    next: int | None = None  # the entry before which the earlier ones come


def at_her(secretary: Secretary, *, before: int | None = None) -> Page:
    """Who looked, the newest first; she herself left out."""
    rows = [*_first(_at_rows(secretary), before), *_first(_at_calls(secretary), before)]
    rows.sort(key=lambda row: -row.pk)
    shown = rows[:A_PAGE]
    people = {each.actor_id for each in shown}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    looks = [
        Look(each.at, names.get(each.actor_id) or _("Somebody who has left"), _what(each.subject_kind))
        for each in shown
    ]
    return Page(looks, shown[-1].pk if len(rows) > A_PAGE else None)


def _what(kind: str) -> str:
    if kind not in WHAT:
        model = apps.get_model(kind.removeprefix(looking.OF_ROW))
        return _("in the administration: %(what)s") % {"what": model._meta.verbose_name}
    return str(WHAT[kind])


def _first(rows: QuerySet[LedgerEntry], before: int | None) -> list[LedgerEntry]:
    """One more than a page, of each kind of question: together they hold the page and whether one follows."""
    if before:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[: A_PAGE + 1])


def _looks(secretary: Secretary) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.filter(verb="looked").exclude(actor_id=secretary.user_id)


def _at_rows(secretary: Secretary) -> QuerySet[LedgerEntry]:
    """Looks at her, and at what is hers alone."""
    shown = (model.objects.filter(secretary=secretary, media_id__isnull=False) for model in WITH_A_PAPER)
    came_with_her = ApplicantsPaper.objects.filter(application__secretary=secretary)
    ids: dict[str, Iterable[UUID]] = {
        "office.user": [secretary.user_id],
        "office.contract": _ids(Contract, secretary),
        "books.paystatement": _ids(PayStatement, secretary),
        "office.application": _ids(Application, secretary),
        "clients.practice": _ids(Practice, secretary),
        "clients.lapse": Lapse.objects.filter(about=secretary).values_list("pk", flat=True),
        "media.mediafile": [
            *(media_id for rows in shown for media_id in rows.values_list("media_id", flat=True)),
            *came_with_her.values_list("media_id", flat=True),
        ],
    }
    in_the_admin = [looking.of_row(model) for model in apps.get_models() if looking.names_her(model)]
    hers = Q(subject_kind__in=[BEFORE, *Of.values, *in_the_admin], subject_id=str(secretary.pk))
    for kind, theirs in ids.items():
        hers |= Q(subject_kind=kind, subject_id__in=[str(each) for each in theirs])
    return _looks(secretary).filter(hers)


def _at_calls(secretary: Secretary) -> QuerySet[LedgerEntry]:
    """The firm's looks at the records of her calls; a colleague's, who answers for the client, are work."""
    since = clock.now() - OF_CALLS
    calls = Call.objects.filter(secretary=secretary, rang_at__gte=since)
    calls = calls.annotate(as_text=Cast("pk", CharField())).values("as_text")
    of_the_firm = Post.objects.values("user_id")
    return _looks(secretary).filter(subject_kind=CALL, subject_id__in=calls, actor_id__in=of_the_firm)


def _ids(model, secretary: Secretary) -> Iterable[UUID]:
    return model.objects.filter(secretary=secretary).values_list("pk", flat=True)
