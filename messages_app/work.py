"""What the messages floor's pieces of work are called, and where each is done."""

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.work import Work

from .models import ClientQuestion, Delivery, Reply


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
