"""What the diary announces to the floors above, and to its own other parts, in the transaction of the act.

Receivers only write rows: writing into the client's calendar, invitations and reminders are effects.
"""

from django.dispatch import Signal

meeting_changed = Signal()
"""`meeting` as it is now, after `verb`; `by` is None where the product did it; `at`, aware; `before`.

`before` (booking.Before) is how it stood, or None for a new one. Verbs: held, booked, blocked, confirmed,
moved, changed, guests, cancelled, released, lapsed, outcome. `whole_series`: the same was done to its whole
series, and `series_changed` tells it once.
"""

series_changed = Signal()
"""`series`, its `meetings` that were touched, in order; `by`, `at`.

`verb` is booked, moved, changed, guests or cancelled.
`gone`: guests that were taken off all of them, as they were; `because`: why it was cancelled.
"""

guest_taken_off = Signal()
"""`guest`, about to be taken off `meeting`; `by`, `at`, `whole_series`.

`meeting_changed` of the same act follows.
"""

reminder_to_ring = Signal()
"""`reminder`, whose guest is to be rung and told of the meeting; `at`. Whoever rings says what came of it
through `reminding`."""
