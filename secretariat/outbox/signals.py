"""What the outbox announces to the floors above, inside the transaction that found it out.

Receivers only write rows. A receiver that fails is asked again by the sweep.
"""

from django.dispatch import Signal

effect_needs_person = Signal()
"""`effect`: dead, unknown, or of a kind that this release does not know. Sent once."""

effect_posted_again = Signal()
"""`effect`: what now goes in place of `before`, decided by the person `actor_id` (a UUID)."""

event_needs_person = Signal()
"""`event`: an incoming notice or question that could not be worked. Sent once."""
