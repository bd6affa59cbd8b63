"""What may happen in the office and be told to open pages. `static/js/live.js` listens for each by its name.

A browser hears only what it listens for by name: an event that is not here would reach no page.
"""

EVENTS = frozenset(
    [
        "approval.changed",
        "availability.changed",
        "bulletin.posted",
        "call.answered",
        "call.ended",
        "call.held",
        "call.resumed",
        "call.ringing",
        "call.transfer",
        "call.withdrawn",
        "call.wrapup",
        "draft.taken",
        "instructions.changed",
        "letter.changed",
        "mail.answered",
        "mail.arrived",
        "mail.changed",
        "meeting.changed",
        "message.acknowledged",
        "message.corrected",
        "message.delivered",
        "message.failed",
        "message.replied",
        "message.taken",
        "minder.due",
        "queue.changed",
        "rota.changed",
        "shift.changed",
        "task.changed",
    ]
)


class NobodyListens(ValueError):
    """No page listens for an event of this name."""
