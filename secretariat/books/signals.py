"""Facts that the books announce."""

from django.dispatch import Signal

bills_issued = Signal()  # bills, at
owes_less = Signal()  # client, by, at: something was paid, credited or is held back
question_explained = Signal()  # question, at: it is answered, and its line stands
