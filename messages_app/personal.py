"""What was said, and the ways it took, and how long."""

from functools import partial

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from calendar_app.models import Guest
from calls.models import Call
from calls.personal import CALLS
from clients.models import Correspondent, CorrespondentAddress, Instruction, PostalAddress
from secretariat import media
from secretariat.media.models import MediaFile
from secretariat.office.models import Firm
from secretariat.office.personal import conversations
from secretariat.retention.registry import Rule, Then, Whose, impersonal, personal

from . import (  # noqa: F401
    personal_dictated,
    personal_letters,
    personal_mail,
    personal_outgoing,
    personal_post,
    personal_requests,
)
from .models import (
    Answer,
    Delivery,
    Draft,
    InboundMail,
    InboundText,
    Incident,
    LadderStep,
    Letter,
    MailThread,
    Message,
    MessageEvent,
    Reply,
    TextAnswer,
)


def _delete_mails(rows) -> None:
    for file in MediaFile.objects.filter(pk__in=rows.values("media_id"), deleted_at=None):
        media.remove(file)
    rows.delete()


MESSAGES = conversations(
    "messages",
    since=_("it was taken; one that was not delivered stays"),
    over=lambda before: Message.objects.filter(taken_at__lt=before).exclude(state=Message.State.UNDELIVERED),
    mark="emptied_at",
)
TEXTS = conversations(
    "texts",
    since=_("it came; one that nobody has dealt with stays"),
    over=lambda before: InboundText.objects.filter(came_at__lt=before, read_at__isnull=False),
)
MAILS = Rule(
    "mails",
    Then.DELETED,
    since=_("it came; one that nobody has dealt with stays"),
    days=Firm._meta.get_field("conversations_kept_days").get_default(),
    set_by=partial(Firm.figure, "conversations_kept_days"),
    over=lambda before: InboundMail.objects.filter(came_at__lt=before, read_at__isnull=False),
    doing=_delete_mails,
)
TEXTED = conversations(
    "texts sent back",
    since=_("it was written"),
    over=lambda before: TextAnswer.objects.filter(at__lt=before).exclude(state=TextAnswer.State.WAITING),
)


def _long_unheard(before) -> QuerySet[Correspondent]:
    """Callers whose every call and message has been emptied, and of whom the client keeps nothing herself."""
    named = Instruction.people.through.objects.filter(
        correspondent=OuterRef("pk"), instruction__replaced_at=None
    )
    return Correspondent.objects.filter(
        ~Exists(named),
        ~Exists(Call.objects.filter(correspondent=OuterRef("pk"))),
        ~Exists(Message.objects.filter(correspondent=OuterRef("pk"))),
        ~Exists(Letter.objects.filter(correspondent=OuterRef("pk"))),
        ~Exists(Guest.objects.filter(correspondent=OuterRef("pk"))),
        ~Exists(MailThread.objects.filter(correspondent=OuterRef("pk"))),
        created_at__lt=before,
        vip=False,
        blocked=False,
        note="",
    )


ADDRESS_BOOK = Rule(
    "address book",
    Then.DELETED,
    since=_(
        "they were written down, once no call and no message of theirs is left; never a VIP, one who is "
        "blocked, one with a note, or one an instruction names"
    ),
    days=Firm._meta.get_field("conversations_kept_days").get_default(),
    set_by=partial(Firm.figure, "conversations_kept_days"),
    over=_long_unheard,
)
PROOF = Rule("proof of delivery", Then.KEPT, because=_("what went to which of the client’s own addresses"))
INCIDENTS = Rule("incidents", Then.KEPT, because=_("the law asks the firm to keep a record of them"))

personal(
    Message,
    "caller_name caller_firm call_back_on correspondent text also_noted correction_note",
    what=_("who rang, and what they asked us to pass on"),
    whose=Whose.CALLER,
    rule=MESSAGES,
)
personal(Message, "guidance", what=_("what the client had told us"), whose=Whose.CLIENT, rule=MESSAGES)
impersonal(Message, "acknowledged_how withdrawn_because", because="codes of ours")
personal(
    Answer,
    "value",
    what=_("what the caller answered"),
    whose=Whose.CALLER,
    rule=MESSAGES,
    path="message",
)
impersonal(Answer, "caption", because="the question")
personal(Reply, "text", what=_("what the client replied"), whose=Whose.CLIENT, rule=MESSAGES, path="message")
personal(
    Delivery,
    "because error",
    what=_("why it went to whom, and what went wrong"),
    whose=Whose.CLIENT,
    rule=MESSAGES,
    path="message",
)
personal(Delivery, "address", what=_("the address it was sent to"), whose=Whose.CLIENT, rule=PROOF)
personal(
    LadderStep,
    "because",
    what=_("why somebody was to be tried"),
    whose=Whose.CLIENT,
    rule=MESSAGES,
    path="message",
)
impersonal(Delivery, "receipt", because="the provider’s id")
impersonal(MessageEvent, "verb detail", because="codes and ids")
personal(
    Draft,
    "values",
    what=_("what was typed on a call and not sent"),
    whose=Whose.CALLER,
    rule=CALLS,
    path="call",
)
personal(InboundText, "number to_number words", what=_("texts that came in"), whose=Whose.ANYONE, rule=TEXTS)
personal(
    InboundMail,
    "sender recipient subject words media_id correspondent",
    what=_("mails that came in"),
    whose=Whose.ANYONE,
    rule=MAILS,
)
impersonal(InboundMail, "trouble", because="a sentence of ours")
impersonal(InboundText, "carrier_id", because="the carrier’s id")
personal(TextAnswer, "number words", what=_("texts sent back"), whose=Whose.ANYONE, rule=TEXTED)
impersonal(TextAnswer, "receipt", because="the provider’s id")
impersonal(Reply, "how", because="a code of ours")
personal(
    Incident,
    "what resolution",
    what=_("what went wrong, and what was done about it"),
    whose=Whose.ANYONE,
    rule=INCIDENTS,
)
personal(
    Correspondent,
    "name firm pronunciation note",
    what=_("whoever rings or writes, as the client knows them"),
    whose=Whose.CALLER,
    rule=ADDRESS_BOOK,
)
personal(
    CorrespondentAddress,
    "value correspondent",
    what=_("their numbers and addresses"),
    whose=Whose.CALLER,
    rule=ADDRESS_BOOK,
    path="correspondent",
)
personal(
    PostalAddress,
    "street city postcode region correspondent",
    what=_("where letters to them go"),
    whose=Whose.CALLER,
    rule=ADDRESS_BOOK,
    path="correspondent",
)
impersonal(PostalAddress, "country", because="a country")
