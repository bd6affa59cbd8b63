"""What a first contract begins with: plain words that the firm reads and changes before it offers one."""

from django.utils.translation import gettext as _


def to_begin_with() -> dict[str, str]:
    rights = (
        _("You may take a break of a quarter of an hour in every four hours; it is not held against you."),
        _("You may end an abusive call after one warning, and need not take that caller again."),
        _("You see every second that is counted, and may have it put right."),
        _("You may ask what is kept of you, and who looked at it."),
    )
    owes = (
        _("The firm gives you the software, and a supervisor who can be reached while you work."),
        _("It tells you at least a week ahead when you are to work."),
    )
    silence = (
        _("What callers and clients say stays between them, the firm and you, also after this ends."),
        _("You keep nothing of it on paper or on a computer of your own; nobody else sees your screen."),
    )
    cost = (
        _("If you tell somebody what you learnt here, the firm may end this contract at once."),
        _("It may ask for what that cost it. There is no fine, and nothing is taken off your pay."),
    )
    return {
        "role": _("Secretary, working from home"),
        "duties": _("You answer calls and mail in the clients’ names and pass on what was said."),
        "rights": "\n".join(rights),
        "obligations": "\n".join(owes),
        "confidentiality": "\n".join(silence),
        "breach": "\n".join(cost),
    }
