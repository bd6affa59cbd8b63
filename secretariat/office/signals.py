"""What the office announces to the floors above, in the transaction of the act.

Receivers only write rows.
"""

from django.dispatch import Signal

invitation_accepted = Signal()
"""`invitation`, used just now by `user`, who gets what it gives."""

person_suspended = Signal()
"""`user` may not sign in from now on; `at`, by the word of `by`. Sent before her shift ends."""
