"""What is written in a client’s name when the matrix asks."""

from datetime import timedelta

from clients.models import Correspondent, CorrespondentAddress
from messages_app.answering import asking_client, drafting, sending_off, templates
from messages_app.answering.sending_off import Said
from messages_app.models import Mailbox, OutgoingMail
from secretariat import clock
from secretariat.office.models import User

LATER = timedelta(hours=5)


def written_for(side, mailbox) -> None:
    """A draft, and mails that wait to leave, for approval, and for a person who knows what became of them."""
    word, at = side.word, clock.now()
    side.rows["box"] = mailbox
    author = User.objects.create(email=f"author@{word.lower()}.example", name="Somebody who left")
    facts = {"by": author, "at": at}
    draft = drafting.begin(mailbox, to="dana@harlow.example", words=f"{word} opens", subject=word, **facts)
    enclosure = drafting.enclose(draft, name=f"{word}.txt", content=f"{word} hours".encode(), **facts)
    _sent(mailbox, word, **facts)  # leaves at once
    waits, unknown = (_sent(mailbox, word, send_at=at + LATER, **facts) for _ in range(2))
    Mailbox.objects.filter(pk=mailbox.pk).update(needs_approval=True)
    awaiting = _sent(mailbox, word, **facts)
    Mailbox.objects.filter(pk=mailbox.pk).update(needs_approval=False)
    OutgoingMail.objects.filter(pk=unknown.pk).update(state=OutgoingMail.State.UNKNOWN)
    known = Correspondent.objects.create(client=mailbox.client, name=f"Sam of {word}")
    CorrespondentAddress.objects.create(
        client=mailbox.client, correspondent=known, kind="email", value=f"sam@{word.lower()}.example"
    )
    side.rows |= {
        "mail_draft": draft,
        "mail_answer": drafting.answer(side.rows["mail_in_mail"].thread, **facts),
        "enclosure": enclosure,
        "mail_leaving": waits,
        "mail_unknown": unknown,
        "mail_awaiting": awaiting,
        "mail_question": asking_client.ask(draft, side.owner, f"May {word} open?", **facts),
        "mail_question_to_member": asking_client.ask(draft, side.member, f"Is {word} in?", **facts),
        "mail_template": templates.write(
            client=mailbox.client, name=f"{word} hours", subject="", words=f"{word} opens", **facts
        ),
    }


def _sent(mailbox, word, *, by, at, send_at=None) -> OutgoingMail:
    draft = drafting.begin(mailbox, by=by, at=at)
    words = {"subject": f"{word} opens", "words": f"{word} opens"}
    said = Said(to=["dana@harlow.example"], cc=[], bcc=[], send_at=send_at, **words)
    return sending_off.send(draft, said, by=by, at=at)
