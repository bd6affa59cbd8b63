"""Writing a letter on a client's behalf, showing it to her, and what she says of it."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from clients import audience, work
from clients.models import Client, Contact, Correspondent, PostalAddress
from messages_app import filling
from messages_app.models import Letter, LetterTemplate, LetterVersion
from secretariat import ledger, live, media
from secretariat.card_numbers import redact
from secretariat.office import names

from . import being_typed, files_of, hours, phrases, sheets, telling, tokens, typesetting

MEDIA_KIND = "letters.paper"
WORDS = (
    *("layout", "name", "firm", "street", "city", "postcode", "region", "country"),
    *("dated_on", "subject", "salutation", "body", "closing", "enclosures"),
)
State = Letter.State


class NotAsSeen(Exception):
    """Somebody changed the letter since it was shown, or it is in a state where this cannot be done."""


class NotWhole(Exception):
    """Something is missing. `gaps` says what, in sentences."""

    def __init__(self, gaps: list[str]):
        super().__init__(" ".join(gaps))
        self.gaps = gaps


@transaction.atomic
def begin(
    client: Client,
    *,
    by,
    at: datetime,
    template: LetterTemplate | None = None,
    correspondent: Correspondent | None = None,
) -> Letter:
    """A draft with the template's words and the correspondent's newest postal address in it."""
    Client.objects.select_for_update().get(pk=client.pk)  # so that two letters never get one number
    last = Letter.objects.filter(client=client).aggregate(last=Max("number"))["last"]
    letter = Letter.objects.create(
        client=client,
        number=(last or 0) + 1,
        correspondent=correspondent,
        template=template,
        written_by=by,
        created_at=at,
    )
    head = sheets.head_of(client)
    dated_on = at.astimezone(client.tz).date()
    words = {"layout": head.layout, "dated_on": dated_on, "country": client.country}
    words |= _addressed(correspondent) | _begins_with(template, correspondent, head, by, dated_on)
    LetterVersion.objects.create(client=client, letter=letter, number=1, written_by=by, saved_at=at, **words)
    hours.typed(letter, by=by, at=at)
    note(letter, "letters.begun", by=by)
    return letter


@transaction.atomic
def save(letter: Letter, words: dict, *, version: int, by, at: datetime) -> LetterVersion:
    """Write the letter anew; what the client was shown stays beside it as it was.

    Raises NotAsSeen if it is not as it was when `version` was read, or is past changing.
    """
    _may_be_written_alone(letter)
    move(letter, Letter.OPEN, State.DRAFT, version=version, typed=None)
    newest = to_be_written(letter)
    said = {name: words[name] for name in WORDS}
    if said["name"] or said["firm"]:  # now somebody is named, whom the template could not know
        addressed = phrases.salutation(said["name"], letter.client.language)
        said["salutation"] = filling.fill(said["salutation"], {"salutation": addressed})
    for name, value in said.items():
        setattr(newest, name, value)
    newest.written_by, newest.saved_at = by, at
    newest.save()
    if letter.serial_id:
        Letter.objects.filter(pk=letter.pk).update(gaps=gaps(letter, newest))
    hours.typed(letter, by=by, at=at)
    finish_work(letter, by=by, outcome=_("The letter was changed."))
    note(letter, "letters.saved", by=by)
    return newest


@transaction.atomic
def keep(letter: Letter, words: dict, *, version: int, by, at: datetime) -> None:
    """Keep what is being typed into a draft. Raises NotAsSeen, as `save`, and where it is no draft."""
    _may_be_written_alone(letter)
    move(letter, (State.DRAFT,), State.DRAFT, version=version, typed=None)
    newest = to_be_written(letter)
    for name in WORDS:
        setattr(newest, name, words[name])
    newest.written_by, newest.saved_at = by, at
    newest.save()
    if letter.serial_id:  # nobody else looks at it again, and all wait for the last
        Letter.objects.filter(pk=letter.pk).update(gaps=gaps(letter, newest))
    hours.typed(letter, by=by, at=at)


@transaction.atomic
def keep_beside(
    letter: Letter, words: Mapping[str, str], *, version: int, by, at: datetime
) -> dict[str, str]:
    """Keep what is being typed beside the letter, which stays as it is and where it is.

    For one that lies with the client, or waits to be changed, and for a draft whose words cannot be saved as
    they stand. Returns what had to be changed for it. Raises NotAsSeen, as `save`.
    """
    _may_be_written_alone(letter)
    kept, redacted = being_typed.clean(words, WORDS)
    moved = Letter.objects.filter(pk=letter.pk, state__in=Letter.OPEN, version=version)
    if not moved.update(typed=kept, version=F("version") + 1):
        raise NotAsSeen
    letter.refresh_from_db()
    hours.typed(letter, by=by, at=at)
    return redacted


@transaction.atomic
def ask(letter: Letter, *, version: int, by, at: datetime) -> None:
    """Show it to the client. Raises NotWhole, NotAsSeen."""
    _stands_alone(letter)
    newest = newest_of(letter)
    _refuse_gaps(letter, newest)
    move(letter, (State.DRAFT,), State.ASKED, version=version)
    _lay_before_her(letter, newest, at=at)
    hours.ended(letter)
    telling.tell(letter)
    note(letter, "letters.asked", by=by)


@transaction.atomic
def agree(letter: Letter, *, number: int, contact: Contact, by, at: datetime) -> None:
    """The client agrees to version `number`: the paper is made and kept. Raises NotAsSeen, CannotBeSet."""
    newest = _decided(letter, number, contact=contact, agreed=True, at=at)
    telling.heard(letter, by=by)
    _make(letter, newest, came_from=(State.ASKED,))
    note(letter, "letters.agreed", by=by)


@transaction.atomic
def wish(letter: Letter, *, number: int, words: str, contact: Contact, by, at: datetime) -> None:
    """The client asks for a change of version `number`. Raises NotAsSeen."""
    words, _found = redact(words.strip())
    _decided(letter, number, contact=contact, agreed=False, wish=words, at=at)
    move(letter, (State.ASKED,), State.CHANGE)
    telling.heard(letter, by=by)
    work.open_item(
        "letters.change",
        subject=("messages_app.letter", letter.pk),
        client=letter.client,
        because=_("%(name)s asks for a change of letter %(n)d.") % {"name": contact.name, "n": letter.number},
    )
    note(letter, "letters.change_wished", by=by)


@transaction.atomic
def release(letter: Letter, *, version: int, by, at: datetime) -> None:
    """Ready to be posted without the client's having been asked, where she wants it so. Raises as `ask`.

    From then on she can read it in the portal: it goes in her name, and she pays for its way.
    """
    if sheets.head_of(letter.client).needs_approval:
        raise NotAsSeen
    _stands_alone(letter)
    newest = newest_of(letter)
    _refuse_gaps(letter, newest)
    hours.ended(letter)
    _make(letter, newest, came_from=(State.DRAFT,), version=version)
    _lay_before_her(letter, newest, at=at)
    note(letter, "letters.released", by=by)


@transaction.atomic
def withdraw(letter: Letter, *, version: int, by, at: datetime) -> None:
    """It will not be sent. Raises NotAsSeen if it is on its way."""
    _may_be_left_out(letter)
    move(letter, (*Letter.OPEN, State.READY), State.WITHDRAWN, version=version, typed=None)
    hours.ended(letter)
    finish_work(letter, by=by, outcome=_("The letter was withdrawn."))
    note(letter, "letters.withdrawn", by=by)


def _may_be_written_alone(letter: Letter) -> None:
    """A copy of many is changed by itself until the client is asked about all, and again once all are set."""
    if letter.serial and letter.serial.state not in ("draft", "change", "ready"):
        raise NotAsSeen


def _stands_alone(letter: Letter) -> None:
    """Of a copy the client is asked with the others; one that was left over afterwards goes its own way."""
    if letter.serial and letter.serial.state != "ready":
        raise NotAsSeen


def _may_be_left_out(letter: Letter) -> None:
    if letter.serial and letter.serial.state in ("asked", "making"):
        raise NotAsSeen


def newest_of(letter: Letter) -> LetterVersion:
    return letter.versions.order_by("-number").first()


def to_be_written(letter: Letter) -> LetterVersion:
    """The newest, or the next with its words if the client was shown that one: what she saw stands."""
    newest = newest_of(letter)
    return following(newest) if newest.asked_at else newest


def following(shown: LetterVersion) -> LetterVersion:
    """The next version, not saved yet, with the same words of the same hand."""
    same = ("client_id", "letter", "written_by_id", "saved_at", *WORDS)
    return LetterVersion(number=shown.number + 1, **{name: getattr(shown, name) for name in same})


def shown_before(version: LetterVersion) -> LetterVersion | None:
    """The last version before this one that the client has seen."""
    earlier = version.letter.versions.filter(number__lt=version.number, asked_at__isnull=False)
    return earlier.order_by("-number").first()


def sheet_of(letter: Letter, version: LetterVersion) -> typesetting.Sheet:
    return sheets.sheet(version, sheets.head_of(letter.client), letter.client, letter.number)


def gaps(letter: Letter, version: LetterVersion) -> list[str]:
    return sheets.gaps(version, sheet_of(letter, version))


def pdf(letter: Letter, version: LetterVersion) -> bytes:
    """The version as it would stand on paper now. Raises CannotBeSet."""
    return typesetting.pdf(sheet_of(letter, version), at=sheets.moment_of(version))


def pictures(letter: Letter, version: LetterVersion) -> list[bytes]:
    """Its pages for a screen. Raises CannotBeSet."""
    return typesetting.pictures(sheet_of(letter, version), at=sheets.moment_of(version))


def count_pages(letter: Letter, version: LetterVersion) -> int:
    """How many pages it would have; none if it cannot be set."""
    try:
        return typesetting.pages(sheet_of(letter, version), at=sheets.moment_of(version))
    except typesetting.CannotBeSet:
        return 0


def looks_otherwise(letter: Letter, version: LetterVersion) -> bool:
    """Whether its pages, set now, are not the paper that is kept, as when the letterhead has changed since.

    Where other people's pages lie in that paper nobody can tell.
    """
    if not letter.media_id or letter.files.filter(joined=True).exists():
        return False
    try:
        return hashlib.sha256(pdf(letter, version)).hexdigest() != letter.sha256
    except typesetting.CannotBeSet:
        return True


@transaction.atomic
def remember_address(letter: Letter, *, at: datetime) -> None:
    """Keep whom the newest version goes to in the client's address book.

    With whoever it was begun for, if the name is still hers, else with somebody new. An address that stands
    there already is not written again.
    """
    newest = newest_of(letter)
    known = letter.correspondent
    if known is None or (known.name, known.firm) != (newest.name, newest.firm):
        known = Correspondent.objects.filter(
            client_id=letter.client_id, name=newest.name, firm=newest.firm
        ).first()
    if known is None:
        known = Correspondent.objects.create(
            client_id=letter.client_id, name=newest.name, firm=newest.firm, created_at=at
        )
    Letter.objects.filter(pk=letter.pk).update(correspondent=known)
    place = {each: getattr(newest, each) for each in ("street", "city", "postcode", "region", "country")}
    if place["street"] and place["city"]:
        PostalAddress.objects.get_or_create(
            client_id=letter.client_id, correspondent=known, defaults={"noted_at": at}, **place
        )


def _lay_before_her(letter: Letter, newest: LetterVersion, *, at: datetime) -> None:
    """The client finds it in the portal as it stands in this version."""
    Letter.objects.filter(pk=letter.pk, shown_at=None).update(shown_at=at)
    shown = files_of.told(letter.files.all())
    LetterVersion.objects.filter(pk=newest.pk).update(asked_at=at, files_shown=shown)
    letter.refresh_from_db()


def _refuse_gaps(letter: Letter, version: LetterVersion) -> None:
    found = gaps(letter, version)
    if found:
        raise NotWhole(found)


def _decided(letter: Letter, number: int, *, contact: Contact, agreed: bool, at, wish: str = ""):
    """Of two people who decide at once, the first counts, and each only on what she has read."""
    newest = newest_of(letter)
    waiting = LetterVersion.objects.filter(pk=newest.pk, number=number, asked_at__isnull=False, agreed=None)
    if not waiting.update(decided_at=at, decided_by=contact, agreed=agreed, wish=wish):
        raise NotAsSeen
    newest.refresh_from_db()
    return newest


def _make(letter: Letter, newest: LetterVersion, *, came_from, version: int | None = None) -> None:
    """Set the paper, keep it with its hash, and put it into the queue of what is to be posted."""
    made, more = files_of.with_files(letter, pdf(letter, newest))
    pages = more + typesetting.pages(sheet_of(letter, newest), at=sheets.moment_of(newest))
    kept = media.store(
        made,
        client_id=letter.client_id,
        kind=MEDIA_KIND,
        name=sheets.file_name(newest, letter.client, letter.number),
        content_type="application/pdf",
    )
    facts = {"media_id": kept.pk, "sha256": kept.sha256, "pages": pages, "typed": None}
    move(letter, came_from, State.READY, version=version, **facts)
    work.open_item(
        "letters.to_post",
        subject=("messages_app.letter", letter.pk),
        client=letter.client,
        because=_("Letter %(n)d is to be printed and posted.") % {"n": letter.number},
    )


def _addressed(correspondent: Correspondent | None) -> dict:
    if correspondent is None:
        return {}
    words = {"name": correspondent.name, "firm": correspondent.firm}
    place = PostalAddress.objects.filter(correspondent=correspondent).first()
    if place:
        words |= {each: getattr(place, each) for each in ("street", "city", "postcode", "region", "country")}
    return words


def _begins_with(template, correspondent, head, by, dated_on) -> dict:
    """The template's words; without one how letters begin and end in the client's language."""
    name = correspondent.name if correspondent else ""
    firm = correspondent.firm if correspondent else ""
    hers = names.to_clients(by)
    values = tokens.values(head, name=name, firm=firm, secretary=hers, dated_on=dated_on)
    if template is None:
        words = {"closing": values["closing"] if correspondent else phrases.of(head.client.language).closing}
        return words | ({"salutation": values["salutation"]} if correspondent else {})
    if correspondent is None:  # nobody is named yet: it is seen to be open
        del values["salutation"]
        values["closing"] = phrases.of(head.client.language).closing
    parts = ("subject", "salutation", "body", "closing", "enclosures")
    return {part: tokens.filled(part, getattr(template, part), values) for part in parts}


def move(letter: Letter, came_from, to: str, *, version: int | None = None, **facts) -> None:
    """On to this state, if it is in one of those, and as it was seen. Raises NotAsSeen."""
    rows = Letter.objects.filter(pk=letter.pk, state__in=came_from)
    if version is not None:
        rows = rows.filter(version=version)
    if not rows.update(state=to, version=F("version") + 1, **facts):
        raise NotAsSeen
    letter.refresh_from_db()


def finish_work(letter: Letter, *, by, outcome: str) -> None:
    work.finish_all(subject=("messages_app.letter", letter.pk), by=by, outcome=outcome)


def note(letter: Letter, verb: str, *, by) -> None:
    """Into the ledger, and to whoever has it open."""
    ledger.record(
        verb,
        actor_id=by.pk if by else None,
        client_id=letter.client_id,
        subject=("messages_app.letter", letter.pk),
    )
    announce(letter)


def announce(letter: Letter) -> None:
    """Tell the desk, and whoever has been shown it, that it is no longer as it was."""
    told = audience.desk(letter.client_id)
    if letter.shown_at:
        told |= audience.portal(letter.client_id)
    live.announce("letter.changed", letter.pk, letter.version, told)
