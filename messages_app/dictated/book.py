"""Whom a dictated mail or letter goes to, or who comes to a meeting, out of the client's address book."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from clients.models import Correspondent, CorrespondentAddress, PostalAddress
from messages_app.letters import phrases
from messages_app.mail import composing
from messages_app.models import DictatedDraft

from . import guests, typing
from .typing import Kind

OFFERED = 200  # of a longer book the others are found by their words
PLACE = ("street", "city", "postcode", "region", "country")


class NotFound(Exception):
    """Nobody, or more than one, is meant by these words, or she has no such address. The message says so."""


def offered(people) -> list[str]:
    """Whom the page suggests, as they are typed: `people` are those of the client whom she may see."""
    rows = people.filter(blocked=False).order_by("name", "firm", "pk")[:OFFERED]
    return list(dict.fromkeys(_written(each) for each in rows))


def meant(people, words: str) -> Correspondent:
    """Who is meant by what was typed: the one who is written so, or the only one who has these words.

    Raises NotFound.
    """
    said = " ".join(words.split())
    if not said:
        raise NotFound(_("Say whom you look for: a name or a firm."))
    known = people.filter(blocked=False)
    name, _comma, firm = said.partition(", ")
    whole = Q(name__iexact=said) | Q(firm__iexact=said) | Q(name__iexact=name, firm__iexact=firm)
    exactly = known.filter(whole)
    having = known
    for word in said.replace(",", " ").split():
        having = having.filter(Q(name__icontains=word) | Q(firm__icontains=word))
    for found in (list(exactly.order_by("pk")[:6]), list(having.order_by("name", "firm", "pk")[:6])):
        if len(found) == 1:
            return found[0]
        if found:
            who = "; ".join(_written(each) for each in found[:5])
            raise NotFound(_("More than one is in the book: %(who)s. Say more of the name.") % {"who": who})
    raise NotFound(_("Nobody in the address book is called “%(words)s”.") % {"words": said[:80]})


@transaction.atomic
def put_in(draft: DictatedDraft, person: Correspondent, *, by, at: datetime) -> None:
    """Her address into what is typed; the words stay. Raises NotFound, typing.StaleDraft."""
    row = DictatedDraft.objects.select_for_update(of=["self"]).select_related("client").get(pk=draft.pk)
    if not row.is_writable:
        raise typing.StaleDraft(row)
    of_kind = {Kind.MAIL: _for_a_mail, Kind.MEETING: _for_a_meeting}.get(Kind(row.kind), _for_a_letter)
    values = of_kind(row, person)
    typing.save(row, values=values, revision=row.revision, by=by, at=at)
    draft.refresh_from_db()


def _for_a_mail(row: DictatedDraft, person: Correspondent) -> dict[str, str]:
    mine = _address(person)
    if not mine:
        raise NotFound(_("%(name)s has no mail address in the book.") % {"name": person})
    typed = row.values.get("to", "").strip().rstrip(",;")
    if mine in composing.written_addresses(typed)[0]:
        return {"to": typed}
    return {"to": f"{typed}, {mine}" if typed else mine}


def _for_a_meeting(row: DictatedDraft, person: Correspondent) -> dict[str, str]:
    """Whoever has no mail address there comes all the same, and is told by somebody else."""
    return {"guests": guests.with_one_more(row.values.get("guests", ""), str(person), _address(person))}


def _address(person: Correspondent) -> str:
    kind = CorrespondentAddress.Kind.EMAIL
    hers = CorrespondentAddress.objects.filter(correspondent=person, kind=kind).order_by("pk")
    return hers.values_list("value", flat=True).first() or ""


def _for_a_letter(row: DictatedDraft, person: Correspondent) -> dict[str, str]:
    values = {"name": person.name, "firm": person.firm}
    if place := PostalAddress.objects.filter(correspondent=person).first():
        values |= {part: getattr(place, part) for part in PLACE}
    else:  # the one before is not hers
        values |= dict.fromkeys(PLACE[:-1], "")
    language = row.client.language
    usual = {"", phrases.of(language).opening.strip()}
    usual.add(phrases.salutation(row.values.get("name", ""), language))
    if row.values.get("salutation", "").strip() in usual:
        values["salutation"] = phrases.salutation(person.name, language)
    return values


def _written(person: Correspondent) -> str:
    return ", ".join(filter(None, (person.name, person.firm)))
