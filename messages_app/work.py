"""What the messages floor's pieces of work are called, and where each is done."""

from django.urls import reverse
from django.utils.translation import gettext as _

from calls.models import Dictation
from clients.work import Work

from .incoming_post import opening, rules
from .models import (
    ClientQuestion,
    ClientRequest,
    Delivery,
    DictatedDraft,
    Letter,
    PostRules,
    ReceivedPost,
    Reply,
)


def _of_message(item) -> Work:
    return Work(item.because, reverse("messages-message", args=[item.subject_id]))


def _of_reply(item) -> Work:
    message_id = Reply.objects.filter(pk=item.subject_id).values_list("message", flat=True).first()
    return Work(item.because, reverse("messages-message", args=[message_id]) if message_id else "")


def _of_text(item) -> Work:
    if item.subject_kind != "messages_app.inboundtext":  # of a release that kept no row for it
        return Work(item.because or _("A text came in"))
    return Work(item.because, reverse("messages-text-came", args=[item.subject_id]))


def _of_mail(item) -> Work:
    return Work(item.because, reverse("messages-mail", args=[item.subject_id]))


def _of_correspondence(item) -> Work:
    return Work(item.because, reverse("inbox-thread", args=[item.subject_id]))


def _of_mail_to_read(item) -> Work:
    return Work(item.because, f"{reverse('inbox')}?show=later&client={item.client_id}")


def _of_mailbox(item) -> Work:
    """Only the client can connect it again: there is whom to ring."""
    return Work(item.because, reverse("client-card", args=[item.client_id]))


def _of_outgoing(item) -> Work:
    return Work(item.because, reverse("outgoing", args=[item.subject_id]))


def _of_question(item) -> Work:
    asked = ClientQuestion.objects.filter(pk=item.subject_id).values_list("outgoing", flat=True).first()
    return Work(item.because, reverse("outgoing", args=[asked]) if asked else "")


def _of_domain(item) -> Work:
    return Work(item.because, reverse("mail-domains"))


def _of_incident(item) -> Work:
    return Work(item.because, reverse("admin:messages_app_incident_change", args=[item.subject_id]))


def of_delivery(subject_id) -> str:
    """Where a delivery that left the outbox without reaching anyone is put right."""
    message_id = Delivery.objects.filter(pk=subject_id).values_list("message", flat=True).first()
    return reverse("messages-message", args=[message_id]) if message_id else ""


def _of_dictation(item) -> Work:
    return Work(item.because, reverse("dictation", args=[item.subject_id]))


def _of_dictated(item) -> Work:
    return Work(item.because, reverse("dictated-draft", args=[item.subject_id]))


def _of_serial(item) -> Work:
    return Work(item.because, reverse("letters-serial", args=[item.subject_id]))


def _of_letters(item) -> Work:
    """One, or one to many."""
    return _of_serial(item) if item.subject_kind == "messages_app.serialletter" else _of_letter(item)


def _of_letter(item) -> Work:
    return Work(item.because, reverse("letters-letter", args=[item.subject_id]))


def _of_post(item) -> Work:
    return Work(item.because, reverse("post-one", args=[item.subject_id]))


def _of_request(item) -> Work:
    return Work(item.because, reverse("requests-asked", args=[item.subject_id]))


def _ends_when_typed(item) -> str:
    if not Dictation.objects.filter(pk=item.subject_id, state=Dictation.State.WAITING).exists():
        return ""
    return _(
        "It ends when it is typed and has left your desk, or when you say that there is nothing to type."
    )


def _ends_when_changed(item) -> str:
    if not DictatedDraft.objects.filter(pk=item.subject_id, state=DictatedDraft.State.CHANGE).exists():
        return ""
    return _("It ends when the client is shown it again, or when you throw the draft away.")


def _ends_when_posted(item) -> str:
    """One that came back has no such act: it may be let lie, and why is then said here."""
    if not Letter.objects.filter(pk=item.subject_id, state=Letter.State.READY).exists():
        return ""
    return _("It ends when the letter is posted, handed to the carrier or withdrawn, on its page.")


def _ends_when_all_are_posted(item) -> str:
    if not Letter.objects.filter(serial=item.subject_id, state=Letter.State.READY).exists():
        return ""
    return _("It ends when all copies are posted or withdrawn.")


def _ends_when_passed_on(item) -> str:
    if not ReceivedPost.objects.filter(pk=item.subject_id, state=ReceivedPost.State.CAME).exists():
        return ""
    return _("It ends when you pass it on to the client, on its page.")


def _ends_when_the_wish_is_done(item) -> str:
    its = _post_here(item)
    if not its or (its.wish == ReceivedPost.Wish.OPEN and (its.opened_at or _nobody_opens(its))):
        return ""
    return _("It ends when what the client wishes is noted on its page: opened and scanned, or gone.")


def _nobody_opens(post: ReceivedPost) -> bool:
    """Of those whom the client lets open her post nobody answers for her any more: what she says is heard."""
    its = PostRules.objects.filter(client=post.client_id).first()
    return its is not None and opening.openers(its) == []


def _ends_when_gone(item) -> str:
    """Unless the client has changed her rules since: then nothing is to be done with the paper."""
    its = _post_here(item)
    then = PostRules.objects.filter(client=item.client_id).values_list("then", flat=True).first() or ""
    if not its:
        return ""
    if item.kind == "post.to_send_on" and not rules.sends_on(then, its.wish):
        return ""
    if item.kind == "post.to_shred" and then != "shred" and its.wish != ReceivedPost.Wish.SHRED:
        return ""
    return _("It ends when you note on its page where the paper has gone.")


def _post_here(item) -> ReceivedPost | None:
    return ReceivedPost.objects.filter(pk=item.subject_id, paper=ReceivedPost.Paper.HERE).first()


def _ends_when_answered(item) -> str:
    if not ClientRequest.objects.filter(pk=item.subject_id, state=ClientRequest.State.OPEN).exists():
        return ""
    return _("It ends when you answer the client, on the page of her request.")


ends_by = {
    "dictation.waiting": _ends_when_typed,
    "dictation.change": _ends_when_changed,
    "letters.to_post": _ends_when_posted,
    "letters.serial_to_post": _ends_when_all_are_posted,
    "post.to_pass_on": _ends_when_passed_on,
    "post.wished": _ends_when_the_wish_is_done,
    "post.to_shred": _ends_when_gone,
    "post.to_send_on": _ends_when_gone,
    "requests.open": _ends_when_answered,
}
places = {
    "messages_app.serialletter": lambda serial_id: reverse("letters-serial", args=[serial_id]),
    "messages_app.delivery": of_delivery,
    "messages_app.outgoingmail": lambda outgoing_id: reverse("outgoing", args=[outgoing_id]),
    "calls.message": lambda call_id: reverse("messages-form", args=[call_id]),
}
describe = {
    "messages.nobody": _of_message,
    "messages.failed": _of_message,
    "messages.unacknowledged": _of_message,
    "messages.reopened": _of_message,
    "messages.incident": _of_incident,
    "messages.reply": _of_reply,
    "messages.stray_text": _of_text,
    "messages.unread_mail": _of_mail,
    "messages.correspondence": _of_correspondence,
    "messages.mailbox": _of_mailbox,
    "messages.to_read": _of_mail_to_read,
    "dictation.waiting": _of_dictation,
    "dictation.change": _of_dictated,
    "dictation.stuck": _of_dictated,
    "dictation.task": _of_dictated,
    "letters.change": _of_letter,
    "letters.not_told": _of_letters,
    "letters.to_post": _of_letter,
    "letters.returned": _of_letter,
    "letters.not_cancelled": _of_letter,
    "letters.unsure": _of_letter,
    "letters.serial_change": _of_serial,
    "letters.serial_to_post": _of_serial,
    "requests.open": _of_request,
    "post.to_pass_on": _of_post,
    "post.not_told": _of_post,
    "post.wished": _of_post,
    "post.to_shred": _of_post,
    "post.to_send_on": _of_post,
    "messages.mail_awaiting": _of_outgoing,
    "messages.mail_changes": _of_outgoing,
    "messages.mail_held": _of_outgoing,
    "messages.mail_came_back": _of_outgoing,
    "messages.mail_answered": _of_question,
    "messages.mail_not_asked": _of_question,
    "messages.domain_records": _of_domain,
}
