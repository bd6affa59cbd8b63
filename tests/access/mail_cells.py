"""The cells of mail that is answered for clients: at the desk, and in the portal."""

from .given import firm_lets
from .matrix import CLIENT, DESK, EVERYBODY
from .world import OTHER_CONTACT

THREAD, MAIL = ("mail_thread",), ("mail_in_html",)


def at_the_desk(page, deed, desk_list) -> list:
    return [
        desk_list("inbox"),
        page("inbox-thread", DESK, args=THREAD),
        deed("inbox-verdict", DESK, args=THREAD, body={"verdict": "later"}),
        deed("inbox-propose", DESK, args=("judged_thread",)),
        deed("inbox-done", DESK, args=THREAD),
        deed("inbox-reopen", DESK, args=("ended_thread",)),
        deed("inbox-looked-through", DESK, args=("client",)),
        page("inbox-mail", DESK, args=MAIL),
        page("inbox-frame", DESK, args=MAIL),
        page("inbox-pictures", DESK, args=MAIL),
        page("inbox-part", DESK, args=MAIL, body={"n": "0"}, before=firm_lets),
        page("inbox-within", DESK, args=("mail_in_mail",), body={"n": "0"}),
    ]


SIGN_IN = {"address": "new@okafor.example", "password": "right"}
RULE = {"verdict": "urgent", "sender": "harlow.example", "known": "anyone", "hours": "any"}
MANNERS = {"name": "Ngozi", "signature": "Kind regards", "tone": "First names", "answer_hours": "2"}
HERS = frozenset({OTHER_CONTACT})  # who sees her own client's there


def in_the_portal(page, deed) -> list:
    return [
        page("mail-portal", CLIENT, empty_for=HERS, shows=True),
        page("mail-connect", CLIENT, empty_for=HERS),
        deed("mail-connect", CLIENT, body=SIGN_IN, empty_for=HERS),
        page("mail-google", CLIENT, status=302, shows=False, empty_for=HERS),
        page("mail-microsoft", CLIENT, status=302, shows=False, empty_for=HERS),
        page("mail-online-back", EVERYBODY, status=400),
        page("mail-forward", CLIENT, empty_for=HERS),
        deed("mail-forward", CLIENT, body={"address": "new@okafor.example"}, empty_for=HERS),
        page("mail-ours", CLIENT, empty_for=HERS),
        deed("mail-ours", CLIENT, body={"word": "new-office"}, empty_for=HERS),
        page("mail-settings", CLIENT, args=("answered_mailbox",)),
        deed("mail-settings", CLIENT, args=("answered_mailbox",), body=MANNERS),
        page("mail-again", CLIENT, args=("mailbox_elsewhere",)),
        deed("mail-again", CLIENT, args=("mailbox_elsewhere",), body=SIGN_IN),
        page("mail-end", CLIENT, args=("answered_mailbox",)),
        deed("mail-end", CLIENT, args=("answered_mailbox",)),
        page("mail-rule", CLIENT, empty_for=HERS),
        deed("mail-rule", CLIENT, body=RULE, empty_for=HERS),
        page("mail-rule-change", CLIENT, args=("mail_rule",)),
        deed("mail-rule-change", CLIENT, args=("mail_rule",), body=RULE),
        deed("mail-rule-end", CLIENT, args=("mail_rule",)),
        deed("mail-rule-sooner", CLIENT, args=("mail_rule",)),
        deed("mail-rule-decide", CLIENT, args=("proposed_rule",), body={"accepted": "yes"}),
        page("mail-rehearse", CLIENT, body={"sender": "dana0@harlow.example"}, empty_for=HERS),
        page("mail-history", CLIENT, empty_for=HERS, shows=True),
        deed("mail-history-file", CLIENT, status=200, empty_for=HERS, shows=True),
        page("mail-history-thread", CLIENT, args=THREAD),
        page("mail-history-mail", CLIENT, args=MAIL),
        page("mail-history-frame", CLIENT, args=MAIL),
        page("mail-history-pictures", CLIENT, args=MAIL),
        page("mail-history-part", CLIENT, args=MAIL, body={"n": "0"}),
        page("mail-history-within", CLIENT, args=("mail_in_mail",), body={"n": "0"}),
    ]
