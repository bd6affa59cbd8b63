"""A copy of all we keep for a client, as one file that she fetches once.

A worker makes it: JSON and a table of each kind of row, the recordings, and who looked at what.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from tempfile import SpooledTemporaryFile
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from django.apps import apps
from django.contrib.postgres.search import SearchVectorField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from calls.models import DictationPart, Voicemail
from clients.models import Client, DataCopy
from secretariat import ledger, media, outbox
from secretariat.media import storing
from secretariat.media.models import MediaFile
from secretariat.office.models import User
from secretariat.spreadsheets import line

from . import looking

KIND = "overview.data_copy"
KEPT = timedelta(days=7)
IN_MEMORY = 8_000_000
State = DataCopy.State

COPIED = (
    *("clients.Line", "clients.LineHours", "clients.Holiday", "clients.Contact", "clients.ContactAddress"),
    "clients.Device",
    *("clients.DeliveryRule", "clients.Ladder", "clients.Rung", "clients.CallType", "clients.Prompt"),
    *("clients.OnCallList", "clients.OnCallReplacement", "clients.OnCallPlace"),
    *("clients.Instruction", "clients.Status", "clients.Correspondent", "clients.CorrespondentAddress"),
    "clients.PostalAddress",
    *("clients.Assignment", "clients.WorkRecord", "clients.ServiceSuspension"),
    *("calendar_app.Diary", "calendar_app.DiaryHours", "calendar_app.Place", "calendar_app.Series"),
    *("calendar_app.Meeting", "calendar_app.Guest", "calendar_app.MeetingEvent", "calendar_app.InvitedTo"),
    *("calendar_app.Around", "calendar_app.Reminder", "calendar_app.Paper"),
    *("calendar_app.Connection", "calendar_app.Calendar", "calendar_app.Feed"),
    *("calendar_app.MeetingRequest", "calendar_app.RequestParty", "calendar_app.RequestOption"),
    *("calendar_app.RequestYes", "calendar_app.RequestProposal", "calendar_app.RequestEvent"),
    *("books.ClientPlan", "books.BillingAccount", "books.Bill", "books.BillLine", "books.BillItem"),
    *("books.BilledRecord", "books.Payment", "books.Question", "books.Agreement", "books.LeavingStep"),
    *("books.Brief", "books.BriefQuestion", "books.BriefFile", "books.Proposal", "books.ProposedPart"),
    *("books.BriefTerms", "books.Milestone", "books.MilestoneWord", "books.BriefCharge"),
    "books.BriefWord",
    "books.AgreementWord",
    *("calls.Call", "calls.CallEvent", "calls.PutThrough", "calls.Voicemail", "calls.MeetingCall"),
    *("calls.Dictation", "calls.DictationPart", "calls.DictationCall", "calls.DictationKey"),
    *("messages_app.Message", "messages_app.Answer", "messages_app.Delivery", "messages_app.Reply"),
    *("messages_app.MessageEvent", "messages_app.InboundText", "messages_app.TextAnswer"),
    "messages_app.InboundMail",
    *("messages_app.Letterhead", "messages_app.LetterTemplate", "messages_app.Letter"),
    *("messages_app.LetterVersion", "messages_app.Posting", "messages_app.SerialLetter"),
    "messages_app.LetterFile",
    *("messages_app.PostRules", "messages_app.ReceivedPost"),
    *("messages_app.ClientRequest", "messages_app.RequestFile"),
    *("messages_app.Mailbox", "messages_app.MailRule", "messages_app.MailThread", "messages_app.Mail"),
    *("messages_app.DictatedDraft", "messages_app.DictatedVersion"),
    *("messages_app.OutgoingMail", "messages_app.OutgoingVersion", "messages_app.Enclosure"),
    *("messages_app.ClientQuestion", "messages_app.MailTemplate", "messages_app.SendingDomain"),
)
# A client's rows that are not part of it, each with its reason.
LEFT_OUT = {
    "clients.Access": "which secretary may see her rows when: follows from the team and the calls",
    "clients.AddressImport": "that a file of addresses was read; its people are among the correspondents",
    "clients.ImportedAddress": "what that file said; it is hers already",
    "clients.AddressCheck": "codes on their way; what was confirmed is among the addresses",
    "clients.Bulletin": "what the firm tells its secretaries",
    "clients.DataCopy": "these copies themselves, which the ledger tells of",
    "clients.ClientTerms": "what her client's terms ask of secretaries, whom she gave them to",
    "clients.TermsAcceptance": "which secretary accepted them when: the firm's proof",
    "clients.Lapse": "the firm's own inquiry, of which she is told",
    "clients.NeededSkill": "what the firm asks of its secretaries",
    "clients.ClientRequirement": "likewise",
    "clients.Practice": "a secretary's practice on a copy, in which nobody of hers rang",
    "clients.WorkItem": "the desk's own list of work",
    "books.BriefInvitation": "which secretaries fit a brief of hers: the firm's own judgement",
    "books.ClosingNote": "what each side says to the firm alone",
    "books.Waiver": "the firm's own note; the bill says what it left out",
    "books.OneOff": "the firm's own note of a line to come; the bill has it",
    "books.Outcome": "what a secretary earns commission on, which is hers and the firm's",
    "books.Told": "that she was told something of her bills",
    "books.Correction": "of a secretary's hours, which are hers and the firm's",
    "books.Remark": "what was said of a secretary's work, which is hers and the firm's",
    "books.ConfirmedTime": "what a secretary is paid for; the client's seconds are there",
    "calendar_app.GuestLink": "hashes of what opens a guest's own page",
    "calendar_app.PushChannel": "how a service tells us that something changed",
    "calendar_app.RemoteEvent": "read from her own calendars, where it stands",
    "calendar_app.Occurrence": "when that takes place",
    "calls.BookedDictation": "that a meeting of hers is for dictation; the meeting is there",
    "calls.DiaryLeg": "the carrier's connections; the meeting's own story is there",
    "calls.Leg": "the carrier's connections; the call's own story is there",
    "calls.Offer": "which secretary a call rang at: the firm's own business",
    "messages_app.Draft": "half typed; what was sent is the message",
    "messages_app.Incident": "the firm's own inquiry",
    "messages_app.MailFolder": "how far her mailbox elsewhere has been read",
    "messages_app.MailPlace": "where her mails lie there",
    "messages_app.PrintRun": "how letters went to the printer; what it cost is among the postings",
    "messages_app.PrintRunLetter": "which letters those were",
    "messages_app.LadderStep": "what was planned; what was done is among the deliveries",
}
# Columns that are ours and not hers: what opens a door, a carrier's token, who of the team was busy or asked,
# and what the firm keeps of a price.
OURS = {
    "books.Brief": {"firm_percent"},
    "books.BriefCharge": {"hers", "firms"},
    "books.BriefQuestion": {"asked_by"},
    "calendar_app.Connection": {"sealed_secret"},
    "calendar_app.Calendar": {"sync_token"},
    "calendar_app.Feed": {"token_hash", "content_hash"},
    "clients.Device": {"endpoint_hash", "sealed", "signed_by"},
    "messages_app.Mailbox": {"sealed_secret"},
    "messages_app.Mail": {"found"},
    "calls.DictationKey": {"pin_hash", "failed"},
    "calls.Call": {"call_token", "reasons", "passed_over"},
}


class NotNow(Exception):
    """No copy is made just now. The message says why."""


@transaction.atomic
def ask(client: Client, *, by: User, at: datetime) -> DataCopy:
    """Have a copy made. Raises NotNow while one is being made."""
    try:
        with transaction.atomic():
            copy = DataCopy.objects.create(client=client, asked_by=by, asked_at=at)
    except IntegrityError:
        raise NotNow(_("A copy is being made already.")) from None
    outbox.post(
        KIND,
        key=f"{KIND}:{copy.pk}",
        queue="cpu",
        client_id=client.pk,
        subject=("clients.datacopy", copy.pk),
        payload={},
    )
    _record("clients.data_copy.asked", copy, by)
    return copy


def make(copy: DataCopy, *, at: datetime) -> UUID:
    """Write the file and keep it for a week. Returns its id."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as whole:
        with ZipFile(whole, "w", ZIP_DEFLATED) as packed:
            _fill(packed, copy.client, at)
        whole.seek(0)
        file = media.store(
            whole,
            client_id=copy.client_id,
            kind=KIND,
            name=f"secretariat-{at:%Y-%m-%d}.zip",
            content_type="application/zip",
            delete_after=at + KEPT,
        )
    DataCopy.objects.filter(pk=copy.pk, state=State.MAKING).update(
        media_id=file.pk, size=file.size, expires_at=at + KEPT
    )
    return file.pk


def settle(copy_id, *, made: bool) -> None:
    """The worker is done with it, one way or the other. What was fetched stays so."""
    making = DataCopy.objects.filter(pk=copy_id, state=State.MAKING)
    if made:
        making.filter(media_id__isnull=False).update(state=State.READY)
    else:
        making.update(state=State.FAILED)


@transaction.atomic
def fetch(copy: DataCopy, *, by: User, at: datetime) -> MediaFile | None:
    """Hand it over, once. None if somebody has it already, or its week is over."""
    ready = DataCopy.objects.filter(pk=copy.pk, state=State.READY, expires_at__gt=at)
    if not ready.update(state=State.FETCHED, fetched_at=at, fetched_by=by):
        return None
    file = MediaFile.objects.filter(pk=copy.media_id, deleted_at=None).first()
    # An hour for a slow line to take it all; then the bytes go, and their key.
    MediaFile.objects.filter(pk=copy.media_id).update(delete_after=at + timedelta(hours=1))
    _record("clients.data_copy.fetched", copy, by)
    return file


def _fill(packed: ZipFile, client: Client, at: datetime) -> None:
    packed.writestr("README.txt", _readme(client, at))
    _put(packed, "clients.Client", list(_rows(Client, Client.objects.filter(pk=client.pk))))
    for label in COPIED:
        model = apps.get_model(label)
        _put(packed, label, list(_rows(model, model._base_manager.filter(client=client).order_by("pk"))))
    for show in ("looks", "taken"):
        packed.writestr(f"ledger/{show}.csv", "".join(looking.as_csv(client, show)))
    ids = [
        each
        for model in (Voicemail, DictationPart)
        for each in model.objects.filter(client=client, media_id__isnull=False).values_list(
            "media_id", flat=True
        )
    ]
    for file in MediaFile.objects.filter(pk__in=ids, deleted_at=None).order_by("created_at"):
        with packed.open(f"recordings/{file.pk}.wav", "w") as target:
            for piece in storing.read(file):
                target.write(piece)


def _rows(model, found) -> Iterable[dict]:
    ours = OURS.get(model._meta.label, set())
    names = [
        field.attname
        for field in model._meta.concrete_fields
        if field.name not in ours and not isinstance(field, SearchVectorField)
    ]
    return found.values(*names).iterator(chunk_size=500)


def _put(packed: ZipFile, label: str, rows: list[dict]) -> None:
    name = label.replace("messages_app", "messages").lower().replace(".", "/")
    packed.writestr(f"{name}.json", json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
    if rows:
        cells = [["" if value is None else value for value in row.values()] for row in rows]
        packed.writestr(f"{name}.csv", "".join(map(line, [rows[0], *cells])))


def _readme(client: Client, at: datetime) -> str:
    words = _(
        "What is kept for %(client)s, as it stood on %(when)s. Each kind of row is there twice: as JSON, and "
        "as a table for a spreadsheet. Times are in UTC. Recordings lie in their own folder, named by the id "
        "that their call's voicemail gives. The folder “ledger” says who looked at what, and who took it out."
    )
    return words % {"client": client.name, "when": f"{at.astimezone(client.tz):%Y-%m-%d %H:%M %Z}"} + "\n"


def _record(verb: str, copy: DataCopy, by: User) -> None:
    ledger.record(verb, actor_id=by.pk, client_id=copy.client_id, subject=("clients.datacopy", copy.pk))
