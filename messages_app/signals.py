"""What this floor announces to those above, in the transaction of the act. Receivers only write rows."""

from django.dispatch import Signal

posted_by_hand = Signal()
"""`postings` of one client's letters, or of paper that came for her, which `by` has taken to the post and
paid for; `at`, aware.

`subject` is what was done at once, as (kind, id): the one posting, or the print run. `words` say it.
"""

message_moved = Signal()
"""`versions`, the ids of a message and its corrections, were withdrawn from `client`: it was for another."""
