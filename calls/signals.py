"""What calls announce to the floors above, in the transaction of the act. Receivers only write rows."""

from django.dispatch import Signal

listened = Signal()
"""`secretary` has left the line of something booked; `at`.

What she did meanwhile is about to be taken off what she listened: whatever is not written down yet, is now.
"""
