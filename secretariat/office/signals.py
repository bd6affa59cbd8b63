"""What the office announces to the floors above, in the transaction of the act.

Receivers only write rows; those of a question only read, and answer it.
"""

from django.dispatch import Signal

invitation_accepted = Signal()
"""`invitation`, used just now by `user`, who gets what it gives."""

person_suspended = Signal()
"""`user` may not sign in from now on; `at`, by the word of `by`. Sent before her shift ends. Receivers add to
the list `handed` in words what of hers goes to others or waits."""

person_let_in = Signal()
"""`user`, who was suspended, may sign in again; `at`, by the word of `by`."""

request_made = Signal()
"""The firm has something to decide or to look after: `kind` ("office.absence"), `subject` (kind, id),
`because` in plain words, `at`, perhaps `due_at`, and `owner`, whose it is from the beginning."""

request_settled = Signal()
"""Nothing is left to do about `subject`: `by` (none: the product saw it), `outcome` in plain words; with a
`kind`, of that kind alone."""

contract_ended = Signal()
"""`contract` of `secretary` is over since `at` and none follows it (none: she went before she had one that
held). Receivers end what ends with it, and add to the list `handed` in words what that was."""

apart_asked = Signal()
"""A question: which secretaries should rather not work for the client `client_id` again? Receivers add their
ids to the set `apart`."""

paid_days_asked = Signal()
"""A question: which days of `absence` are on a statement of pay already? Receivers add them to the set
`paid`."""
