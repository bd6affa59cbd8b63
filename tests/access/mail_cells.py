"""The cells of mail that is answered for clients: at the desk, and in the portal."""

from .given import firm_lets
from .matrix import DESK

THREAD, MAIL = ("mail_thread",), ("mail_in_html",)


def at_the_desk(page, deed, desk_list) -> list:
    return [
        desk_list("inbox"),
        page("inbox-thread", DESK, args=THREAD),
        deed("inbox-verdict", DESK, args=THREAD, body={"verdict": "later"}),
        deed("inbox-propose", DESK, args=("judged_thread",)),
        deed("inbox-done", DESK, args=THREAD),
        deed("inbox-reopen", DESK, args=("ended_thread",)),
        page("inbox-mail", DESK, args=MAIL),
        page("inbox-frame", DESK, args=MAIL),
        page("inbox-pictures", DESK, args=MAIL),
        page("inbox-part", DESK, args=MAIL, body={"n": "0"}, before=firm_lets),
    ]
