"""What this floor announces to those above, in the transaction of the act. Receivers only write rows."""

from django.dispatch import Signal

posted_by_hand = Signal()
"""`postings` of one client's letters, or of paper that came for her, which `by` has taken to the post and
paid for; `at`, aware.

`subject` is what was done at once, as (kind, id): the one posting, or the print run. `words` say it.
"""

cost_asked = Signal()
"""A question: why does what was paid for `postings`, all of `subject` as above, stand as it is?

Receivers only read, and add to the list `because` in plain words. With `lock`, in the transaction that
changes it, what they say holds until that ends.
"""

cost_put_right = Signal()
"""`postings`, all of `subject` as above, cost otherwise than was written down. `by` posted them, at `at`.

`words` say what it was.
"""

not_posted = Signal()
"""`posting` was left to a carrier and did not go: it costs nothing after all."""

message_moved = Signal()
"""`versions`, the ids of a message and its corrections, were withdrawn from `client`: it was for another."""
