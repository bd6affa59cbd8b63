"""Facts that the books announce."""

from django.dispatch import Signal

bill_issued = Signal()  # bill, at
