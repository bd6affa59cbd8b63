"""The cells of mail that is written in a client’s name: at the desk, and in the portal."""

from django.core.files.uploadedfile import SimpleUploadedFile

from .matrix import CLIENT, DESK
from .world import ADMIN, FORMER, MEMBER, OTHER_CONTACT, STRANGER, SUPERVISOR

DRAFT, LEAVING, AWAITING = ("mail_draft",), ("mail_leaving",), ("mail_awaiting",)
QUESTION, TEMPLATE = ("mail_question",), ("mail_template",)
TO_MEMBER, ASKED = ("mail_question_to_member",), CLIENT | {MEMBER}  # she answers what she herself is asked
FIRM = frozenset({SUPERVISOR, ADMIN})
NOT_HERS = {FORMER: 422, STRANGER: 422}


def written(side) -> dict:
    words = f"{side.word} opens at nine"
    return {"to": "dana@harlow.example", "subject": "Hours", "words": words, "revision": "0"}


def question(side) -> dict:
    return {"contact": side.owner.pk, "question": "May I?"}


def told(side) -> dict:
    return {"contact": side.owner.pk, "words": "She says yes"}


def a_template(side) -> dict:
    return {"client": side.client.row.pk, "name": "Hours again", "words": "Dear {name}"}


def a_file(side) -> dict:
    return {"file": SimpleUploadedFile("hours.txt", f"{side.word} opens at nine".encode())}


def somebody(side) -> dict:
    return {"into": "to", "person": f"sam@{side.word.lower()}.example"}


def change(side) -> dict:
    return {"decision": "change", "note": "Shorter", "version": "1"}


def at_the_desk(page, deed, desk_list) -> list:
    return [
        deed("inbox-answer", DESK, args=("mail_thread",)),
        desk_list("outgoing-list"),
        desk_list("outgoing-new"),
        deed("outgoing-new", DESK, body=lambda side: {"mailbox": side.box.pk}, others=NOT_HERS),
        page("outgoing", DESK, args=DRAFT),
        deed("outgoing-draft", DESK, args=DRAFT, body=written, status=200),
        deed("outgoing-send", DESK, args=DRAFT, body=written),
        deed("outgoing-undo", DESK, args=LEAVING),
        deed("outgoing-drop", DESK, args=DRAFT),
        deed("outgoing-fill", DESK, args=DRAFT, body=lambda side: {"template": side.mail_template.pk}),
        deed("outgoing-add", DESK, args=DRAFT, body=somebody),
        deed("outgoing-along", DESK, args=("mail_answer",), body={"n": "0"}),
        deed("inbox-pass-on", DESK, args=("mail_in_mail",)),
        deed("outgoing-enclose", DESK, args=DRAFT, body=a_file),
        deed("outgoing-take-out", DESK, args=("mail_draft", "enclosure")),
        deed("outgoing-decide", DESK, args=AWAITING, body=change),
        deed("outgoing-take-back", DESK, args=AWAITING),
        deed("outgoing-ask", DESK, args=DRAFT, body=question),
        deed("outgoing-told", DESK, args=("mail_draft", "mail_question"), body=told),
        deed("outgoing-settle", DESK, args=("mail_unknown",), body={"how": "left"}),
        page("outgoing-meanwhile", DESK, args=DRAFT, shows=False),
        desk_list("mail-templates"),
        desk_list("mail-template-new"),
        deed("mail-template-new", DESK, body=a_template, others=NOT_HERS),
        page("mail-template", DESK, args=TEMPLATE),
        deed("mail-template", DESK, args=TEMPLATE, body=a_template),
        deed("mail-template-end", DESK, args=TEMPLATE),
        page("mail-domains", FIRM, shows=True),
        deed("mail-domain-set-up", FIRM, args=("client",), body={"domain": "harlow.example"}),
        page("suppressed", FIRM, shows=True),
        page("suppressed-one", FIRM, args=("suppression",)),
        deed("suppressed-one", FIRM, args=("suppression",), body={"why": "She rang: it works again"}),
    ]


def in_the_portal(page, deed) -> list:
    return [
        page("mail-approvals", CLIENT, shows=True, empty_for={OTHER_CONTACT}, others={MEMBER: 200}),
        page("mail-approval", CLIENT, args=AWAITING),
        deed("mail-approval-decide", CLIENT, args=AWAITING, body=change),
        page("mail-question", CLIENT, args=QUESTION),
        deed("mail-question-answer", CLIENT, args=QUESTION, body={"answer": "Yes"}),
        page("mail-question", ASKED, args=TO_MEMBER),
        deed("mail-question-answer", ASKED, args=TO_MEMBER, body={"answer": "Yes"}),
    ]
