"""What is written down of clients and their people, and how long.

Of whoever rings them the floors above know when she was last heard of: see messages_app/personal.py.
"""

from functools import partial

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.office.models import Firm
from secretariat.office.personal import EMPLOYMENT, conversations
from secretariat.retention.registry import Rule, Then, Whose, impersonal, personal

from .models import (
    AddressCheck,
    AddressImport,
    Bulletin,
    CallType,
    Client,
    ClientRequirement,
    ClientTerms,
    Contact,
    ContactAddress,
    Device,
    Holiday,
    ImportedAddress,
    Instruction,
    Lapse,
    LapseNote,
    Line,
    OnCallList,
    Practice,
    Prompt,
    ServiceSuspension,
    Status,
    Suppression,
    WorkItem,
    WorkRecord,
)

CLIENTS = Rule(
    "clients",
    Then.KEPT,
    because=_("while we answer for them; the client or the firm changes or deletes it"),
)
STOPPED = Rule(
    "stopped addresses",
    Then.KEPT,
    because=_("so that nobody who said stop is written to again"),
)
CHECKED = Rule(
    "addresses to be confirmed",
    Then.DELETED,
    since=_("the code told there was over"),
    days=30,
    over=lambda before: AddressCheck.objects.filter(expires_at__lt=before),
)
DEVICES = Rule(
    "browsers told of messages",
    Then.DELETED,
    since=_("it took nothing more; until then she switches it off herself"),
    days=30,
    over=lambda before: Device.objects.filter(ended_at__lt=before),
)
BULLETINS = Rule("bulletins", Then.KEPT, because=_("what the firm told its secretaries, and who read it"))
LAPSES = Rule("lapses", Then.KEPT, because=_("proof of what was looked into, and of what followed"))
WHEREABOUTS = conversations(
    "whereabouts",
    since=_("it was over"),
    over=lambda before: Status.objects.filter(Q(until_at__lt=before) | Q(ended_at__lt=before)),
)
INSTRUCTIONS = conversations(
    "instructions",
    since=_("it was over or replaced"),
    over=lambda before: Instruction.objects.filter(Q(until_at__lt=before) | Q(replaced_at__lt=before)),
)
IMPORTS = Rule(
    "files of addresses",
    Then.DELETED,
    since=_("it was read; what became of it stays in the address book"),
    days=Firm._meta.get_field("conversations_kept_days").get_default(),
    set_by=partial(Firm.figure, "conversations_kept_days"),
    over=lambda before: AddressImport.objects.filter(made_at__lt=before),
)
WORK = conversations(
    "work",
    since=_("it was done"),
    over=lambda before: WorkItem.objects.filter(done_at__lt=before),
)

personal(
    Client,
    "name pronunciation good_to_know answer_phrase closed_phrase holiday_phrase",
    what=_("the client, and how we answer for them"),
    whose=Whose.CLIENT,
    rule=CLIENTS,
)
impersonal(Client, "zone language country region currency", because="where and how they work")
impersonal(ClientRequirement, "language", because="a language's code")
personal(
    Line,
    "number forwarded_from label greeting voicemail_greeting recording_notice",
    what=_("the client’s numbers, and what callers hear"),
    whose=Whose.CLIENT,
    rule=CLIENTS,
)
personal(
    Contact,
    "name job pronunciation",
    what=_("people at the client"),
    whose=Whose.CLIENT,
    rule=CLIENTS,
)
impersonal(Contact, "zone", because="a time zone")
personal(
    ContactAddress,
    "value label",
    what=_("their numbers and mailboxes"),
    whose=Whose.CLIENT,
    rule=CLIENTS,
)
personal(
    AddressCheck,
    "value",
    what=_("a number or mailbox that somebody gave as hers"),
    whose=Whose.CLIENT,
    rule=CHECKED,
)
personal(
    Device,
    "name endpoint_hash sealed",
    what=_("a browser of hers that is told of messages, and how it is reached"),
    whose=Whose.CLIENT,
    rule=DEVICES,
)
impersonal(Device, "signed_by", because="which of the firm’s keys it was switched on with")
personal(
    AddressImport,
    "name",
    what=_("what a file of addresses was called"),
    whose=Whose.CLIENT,
    rule=IMPORTS,
)
impersonal(AddressImport, "kind", because="what sort of file it was")
personal(
    ImportedAddress,
    "read known correspondent wrote",
    what=_("whom such a file named, and what was written for it"),
    whose=Whose.CALLER,
    rule=IMPORTS,
    path="of",
)
impersonal(ImportedAddress, "because", because="a word of ours")
impersonal(CallType, "name handling", because="why people ring, in general")
impersonal(Prompt, "caption help say choices", because="questions, not answers")
impersonal(Holiday, "name", because="a day")
personal(
    Status,
    "text note",
    what=_("where somebody was, and what callers were told"),
    whose=Whose.CLIENT,
    rule=WHEREABOUTS,
)
personal(
    Instruction,
    "numbers companies text",
    what=_("what the client told us to do, for whom"),
    whose=Whose.ANYONE,
    rule=INSTRUCTIONS,
)
impersonal(OnCallList, "name turns", because="what a list is called, and how its people take turns")
impersonal(Instruction, "weekdays", because="days of the week")
personal(
    Suppression,
    "address lifted_why",
    what=_("an address that we do not send to, and why it is sent to again"),
    whose=Whose.CLIENT,
    rule=STOPPED,
)
personal(
    Bulletin,
    "title text",
    what=_("what the firm tells its secretaries"),
    whose=Whose.SECRETARY,
    rule=BULLETINS,
)
personal(
    WorkItem,
    "because note outcome",
    what=_("what was to be done, what was noted, what was done"),
    whose=Whose.ANYONE,
    rule=WORK,
)
impersonal(WorkItem, "kind subject_kind", because="names of ours")
impersonal(WorkRecord, "subject_kind", because="a name of ours; the rest are seconds, for bills and pay")
personal(
    Lapse,
    "what findings said_to_her client_words",
    what=_("what was reported about confidentiality, and what came of it"),
    whose=Whose.SECRETARY,
    rule=LAPSES,
)
personal(
    LapseNote,
    "words",
    what=_("what was found in looking into it"),
    whose=Whose.SECRETARY,
    rule=LAPSES,
)
personal(
    Practice,
    "part copy put story draft contact call_type caller_name call_back_on answers text points judgement",
    what=_("what was played in practice, what she did and took down, and what she was told of it"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
impersonal(ClientTerms, "words", because="what a client asks of everybody who answers for her")

personal(
    ServiceSuspension,
    "amount because",
    what=_("what a client had not paid when the firm stopped answering, and why that was taken back"),
    whose=Whose.CLIENT,
    rule=Rule(
        "suspended service",
        Then.KEPT,
        because=_("proof that the client was told in time"),
    ),
)
impersonal(
    ServiceSuspension,
    "bills currency callers_hear urgent_callers",
    because="which bills, by our keys; our words to callers, and a currency",
)
