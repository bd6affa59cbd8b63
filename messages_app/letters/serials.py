"""One letter to many: written once, each copy looked at, one word of the client's, and each set by itself.

Nothing is made while anything is missing in any copy that is not left out. What is long (looking whether each
copy fits its paper, setting it) is done by workers, some copies at a time; a run that was cut short goes on
with the copies that are not made yet.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Count, F, Max, Q
from django.utils.translation import gettext as _

from clients import audience, work
from clients.models import Client, Contact, Correspondent, PostalAddress, WorkItem
from messages_app.models import Letter, LetterFile, LetterTemplate, LetterVersion, SerialLetter
from secretariat import ledger, live, outbox
from secretariat.card_numbers import redact
from secretariat.office import names
from secretariat.outbox.models import Effect

from . import being_typed, files_of, lettering, sheets, telling, tokens
from .lettering import NotAsSeen, NotWhole

LOOK, MAKE = "letters.look", "letters.make"
A_BATCH = 25  # copies that one effect looks at or sets: a second or two
MOST = 2_000
SHARED = ("subject", "salutation", "body", "closing", "enclosures")
WORDS = ("layout", "dated_on", *SHARED)
PLACE = ("street", "city", "postcode", "region", "country")
State = SerialLetter.State


class TooMany(Exception):
    """More people than one letter goes to."""


@transaction.atomic
def begin(
    client: Client,
    people: Iterable[Correspondent],
    *,
    by,
    at: datetime,
    template: LetterTemplate | None = None,
) -> SerialLetter:
    """A draft for each of these people, with the template's words and her newest postal address in it.

    Raises TooMany, if they are more than one letter goes to.
    """
    people = list(islice(people, MOST + 1))
    if len(people) > MOST:
        raise TooMany
    Client.objects.select_for_update().get(pk=client.pk)  # so that two letters never get one number
    head = sheets.head_of(client)
    words = {"salutation": "{salutation}", "closing": "{closing}"}  # as each is addressed in its language
    words = {name: getattr(template, name) for name in SHARED} if template else words
    serial = SerialLetter.objects.create(
        client=client,
        template=template,
        layout=head.layout,
        dated_on=at.astimezone(client.tz).date(),
        written_by=by,
        created_at=at,
        **words,
    )
    last = Letter.objects.filter(client=client).aggregate(last=Max("number"))["last"] or 0
    places = _newest_places(client, people)
    letters, versions = [], []
    for number, person in enumerate(people, last + 1):
        letter = Letter(client=client, number=number, correspondent=person, serial=serial)
        letter.written_by, letter.created_at, letter.template = by, at, template
        version = LetterVersion(client=client, letter=letter, number=1, written_by=by, saved_at=at)
        version.name, version.firm, version.country = person.name, person.firm, client.country
        for name in PLACE if person.pk in places else ():
            setattr(version, name, getattr(places[person.pk], name))
        letters.append(letter)
        versions.append(_filled(version, serial, head))
    Letter.objects.bulk_create(letters, batch_size=500)
    LetterVersion.objects.bulk_create(versions, batch_size=500)
    _look(serial)
    _changed(serial, "letters.serial_begun", by=by)
    return serial


@transaction.atomic
def rewrite(serial: SerialLetter, words: dict, *, version: int, by, at: datetime) -> None:
    """Write all copies anew, but whom each goes to. Raises NotAsSeen."""
    facts = {name: words[name] for name in WORDS} | {"typed": None}
    _move(serial, (State.DRAFT, State.CHANGE), State.DRAFT, version=version, **facts)
    head = sheets.head_of(serial.client)
    changed, fresh = [], []
    for newest in newest_of(serial):
        if newest.asked_at:  # what the client was shown stands
            copy = LetterVersion(client=serial.client, letter=newest.letter, number=newest.number + 1)
            for name in ("name", "firm", *PLACE):
                setattr(copy, name, getattr(newest, name))
            fresh.append(newest := copy)
        else:
            changed.append(newest)
        newest.written_by, newest.saved_at = by, at
        _filled(newest, serial, head)
    LetterVersion.objects.bulk_update(changed, [*WORDS, "written_by", "saved_at"], batch_size=500)
    LetterVersion.objects.bulk_create(fresh, batch_size=500)
    serial.copies.filter(state=Letter.State.DRAFT).update(gaps=None)
    _finish_work(serial, by=by, outcome=_("The letters were changed."))
    _look(serial)
    _changed(serial, "letters.serial_saved", by=by)


@transaction.atomic
def keep_beside(serial: SerialLetter, words: Mapping[str, str], *, version: int) -> dict[str, str]:
    """Keep what is being typed; no copy changes by it. Returns what had to be changed. Raises NotAsSeen."""
    kept, redacted = being_typed.clean(words, WORDS)
    _move(serial, (State.DRAFT, State.CHANGE), serial.state, version=version, typed=kept)
    return redacted


def reopen(serial: SerialLetter, *, version: int) -> None:
    """Something about all copies is changed, but no word of theirs. Raises NotAsSeen where none may be."""
    _move(serial, (State.DRAFT, State.CHANGE), serial.state, version=version)


def look_again(serial: SerialLetter, *, by) -> None:
    """Whether each copy still lacks nothing, now that something about all of them has changed.

    What the client was shown stands: where it was, the next version has the same words.
    """
    shown = [each for each in newest_of(serial) if each.asked_at]
    LetterVersion.objects.bulk_create(map(lettering.following, shown), batch_size=500)
    serial.copies.filter(state=Letter.State.DRAFT).update(gaps=None)
    _look(serial)
    _changed(serial, "letters.serial_saved", by=by)


@transaction.atomic
def leave_out_gaps(serial: SerialLetter, *, version: int, by) -> int:
    """Withdraw every copy in which something is missing. Returns how many. Raises NotAsSeen."""
    _move(serial, (State.DRAFT, State.CHANGE), serial.state, version=version)
    broken = serial.copies.filter(state=Letter.State.DRAFT, gaps__isnull=False).exclude(gaps=[])
    count = broken.update(state=Letter.State.WITHDRAWN, version=F("version") + 1)
    _changed(serial, "letters.serial_left_out", by=by)
    return count


@transaction.atomic
def ask(serial: SerialLetter, *, version: int, by, at: datetime) -> None:
    """Show all of it to the client at once. Raises NotWhole, NotAsSeen."""
    _refuse_gaps(serial)
    _move(serial, (State.DRAFT, State.CHANGE), State.ASKED, version=version)
    _finish_work(serial, by=by, outcome=_("The client was asked again."))
    _lay_before_her(serial, at=at)
    telling.tell_of_many(serial)
    _changed(serial, "letters.serial_asked", by=by)


@transaction.atomic
def agree(serial: SerialLetter, *, version: int, contact: Contact, by, at: datetime) -> None:
    """The client agrees to all copies as she was shown them: they are set. Raises NotAsSeen."""
    _decided(serial, contact=contact, agreed=True, version=version, at=at)
    telling.heard(serial, by=by)
    _make(serial)
    _changed(serial, "letters.serial_agreed", by=by)


@transaction.atomic
def wish(serial: SerialLetter, *, version: int, words: str, contact: Contact, by, at: datetime) -> None:
    """The client asks for a change. Raises NotAsSeen."""
    words, _found = redact(words.strip())
    _decided(serial, contact=contact, agreed=False, version=version, at=at, words=words)
    telling.heard(serial, by=by)
    work.open_item(
        "letters.serial_change",
        subject=("messages_app.serialletter", serial.pk),
        client=serial.client,
        because=_("%(name)s asks for a change of a serial letter.") % {"name": contact.name},
    )
    _changed(serial, "letters.serial_change_wished", by=by)


@transaction.atomic
def release(serial: SerialLetter, *, version: int, by, at: datetime) -> None:
    """Set without the client's having been asked, where she wants it so; she can read it. Raises as `ask`."""
    if sheets.head_of(serial.client).needs_approval:
        raise NotAsSeen
    _refuse_gaps(serial)
    _move(serial, (State.DRAFT,), State.MAKING, version=version)
    _lay_before_her(serial, at=at)
    _make(serial)
    _changed(serial, "letters.serial_released", by=by)


@transaction.atomic
def withdraw(serial: SerialLetter, *, version: int, by, at: datetime) -> None:
    """None of it will be sent; what is in the post already stays as it is. Raises NotAsSeen."""
    came_from = (State.DRAFT, State.ASKED, State.CHANGE, State.READY)
    _move(serial, came_from, State.WITHDRAWN, version=version, typed=None)
    waiting = serial.copies.filter(state__in=[Letter.State.DRAFT, Letter.State.READY])
    copies = list(waiting.order_by("pk").select_for_update().values_list("pk", flat=True))
    Letter.objects.filter(pk__in=copies).update(state=Letter.State.WITHDRAWN, version=F("version") + 1)
    outcome = _("The letters were withdrawn.")
    of_one = WorkItem.objects.open().filter(subject_kind="messages_app.letter", subject_id__in=copies)
    for item in list(of_one):  # of those that were to go alone
        work.finish(item, by=by, outcome=outcome)
    _finish_work(serial, by=by, outcome=outcome)
    _changed(serial, "letters.serial_withdrawn", by=by)


def counted(serial: SerialLetter) -> dict[str, int]:
    """How many copies there are: how many nobody has looked at, have gaps, are set, are with the carrier, are
    posted, left out, or were written anew."""
    of = Letter.State
    draft = Q(state=of.DRAFT)
    return serial.copies.aggregate(
        all=Count("pk", filter=~Q(state=of.WITHDRAWN)),
        drafts=Count("pk", filter=draft),
        unseen=Count("pk", filter=draft & Q(gaps__isnull=True)),
        broken=Count("pk", filter=draft & Q(gaps__isnull=False) & ~Q(gaps=[])),
        making=Count("pk", filter=Q(state=of.MAKING)),
        ready=Count("pk", filter=Q(state=of.READY)),
        handed=Count("pk", filter=Q(state=of.HANDED)),
        posted=Count("pk", filter=Q(state__in=[of.POSTED, of.RETURNED])),
        left_out=Count("pk", filter=Q(state=of.WITHDRAWN, written_anew=None)),
        anew=Count("pk", filter=Q(state=of.WITHDRAWN, written_anew__isnull=False)),
    )


def newest_of(serial: SerialLetter) -> list[LetterVersion]:
    """What each draft of it says now, by its number."""
    versions = LetterVersion.objects.filter(letter__serial=serial, letter__state=Letter.State.DRAFT)
    newest = versions.order_by("letter_id", "-number").distinct("letter_id").select_related("letter")
    return sorted(newest, key=lambda each: each.letter.number)


def apart(serial: SerialLetter) -> list[Letter]:
    """Copies the client is shown that were written on by themselves since all were last written."""
    shown = LetterVersion.objects.filter(letter__serial=serial, asked_at__isnull=False)
    shown = shown.exclude(letter__state=Letter.State.WITHDRAWN)
    newest = shown.order_by("letter_id", "-number").distinct("letter_id").values_list("letter_id", "saved_at")
    at = dict(newest)
    together = min(at.values(), default=None)
    own = [letter for letter, saved_at in at.items() if saved_at != together]
    return list(serial.copies.filter(pk__in=own).with_newest().order_by("number"))


def _lay_before_her(serial: SerialLetter, *, at: datetime) -> None:
    """The client finds it in the portal, with each copy as it stands."""
    SerialLetter.objects.filter(pk=serial.pk, shown_at=None).update(shown_at=at)
    files = files_of.told(files_of.each_once(LetterFile.objects.filter(letter__serial=serial)))
    SerialLetter.objects.filter(pk=serial.pk).update(files_shown=files)
    shown = LetterVersion.objects.filter(pk__in=[each.pk for each in newest_of(serial)])
    shown.update(asked_at=at, files_shown=files)
    serial.copies.filter(state=Letter.State.DRAFT, shown_at=None).update(shown_at=at)
    serial.refresh_from_db()


def announce(serial: SerialLetter) -> None:
    told = audience.desk(serial.client_id)
    if serial.shown_at:
        told |= audience.portal(serial.client_id)
    live.announce("letter.changed", serial.pk, serial.version, told)


def _filled(version: LetterVersion, serial: SerialLetter, head) -> LetterVersion:
    version.layout, version.dated_on = serial.layout, serial.dated_on
    said = {"name": version.name, "firm": version.firm, "secretary": names.to_clients(serial.written_by)}
    values = tokens.values(head, dated_on=serial.dated_on, **said)
    for name in SHARED:
        setattr(version, name, tokens.filled(name, getattr(serial, name), values))
    return version


def _newest_places(client: Client, people: list[Correspondent]) -> dict:
    rows = PostalAddress.objects.filter(client=client, correspondent__in=people)
    rows = rows.order_by("correspondent_id", "-noted_at", "-pk").distinct("correspondent_id")
    return {each.correspondent_id: each for each in rows}


def _refuse_gaps(serial: SerialLetter) -> None:
    found = counted(serial)
    if not found["drafts"]:
        raise NotWhole([_("No copy is left.")])
    if found["unseen"]:
        raise NotWhole([_("The copies are still being looked at.")])
    if found["broken"]:
        raise NotWhole([_("In %(n)d of them something is missing.") % {"n": found["broken"]}])


def _decided(serial, *, contact, agreed: bool, version: int, at, words: str = "") -> None:
    becomes = State.MAKING if agreed else State.CHANGE
    facts = {"decided_at": at, "decided_by": contact, "wish": words}
    shown = [each.pk for each in newest_of(serial)]
    _move(serial, (State.ASKED,), becomes, version=version, **facts)
    versions = LetterVersion.objects.filter(pk__in=shown)
    versions.update(decided_at=at, decided_by=contact, agreed=agreed)


def _look(serial: SerialLetter) -> None:
    keys = serial.copies.filter(state=Letter.State.DRAFT).order_by("number").values_list("pk", flat=True)
    _in_batches(serial, LOOK, list(keys))


def _make(serial: SerialLetter) -> None:
    drafts = serial.copies.filter(state=Letter.State.DRAFT)
    keys = list(drafts.order_by("number").values_list("pk", flat=True))
    drafts.update(state=Letter.State.MAKING, version=F("version") + 1)
    _in_batches(serial, MAKE, keys)


def _in_batches(serial: SerialLetter, kind: str, keys: list) -> None:
    for place in range(0, len(keys), A_BATCH):
        outbox.post(
            kind,
            key=f"{kind}:{serial.pk}:{serial.version}:{place}",
            queue=Effect.Queue.CPU,
            client_id=serial.client_id,
            subject=("messages_app.serialletter", serial.pk),
            payload={"letters": [str(key) for key in keys[place : place + A_BATCH]]},
        )


def _move(serial: SerialLetter, came_from, to: str, *, version: int, **facts) -> None:
    rows = SerialLetter.objects.filter(pk=serial.pk, state__in=came_from, version=version)
    if not rows.update(state=to, version=F("version") + 1, **facts):
        raise NotAsSeen
    serial.refresh_from_db()


def _finish_work(serial: SerialLetter, *, by, outcome: str) -> None:
    work.finish_all(subject=("messages_app.serialletter", serial.pk), by=by, outcome=outcome)


def _changed(serial: SerialLetter, verb: str, *, by) -> None:
    ledger.record(
        verb,
        actor_id=by.pk if by else None,
        client_id=serial.client_id,
        subject=("messages_app.serialletter", serial.pk),
    )
    announce(serial)
