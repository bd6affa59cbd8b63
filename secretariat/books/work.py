"""What the books' pieces of work are called, and where they are done."""

from django.urls import reverse

from clients.work import Work

from . import owing, telling
from .models import Question


def _question(item):
    found = Question.objects.filter(pk=item.subject_id).first()
    return Work(item.because, reverse("books-bill", args=[found.bill_id]) if found else "")


describe = {
    owing.QUESTIONED: _question,
    telling.UNPAID: lambda item: Work(item.because, reverse("books-bill", args=[item.subject_id])),
    telling.USED: lambda item: Work(item.because, reverse("books-plan", args=[item.subject_id])),
}
