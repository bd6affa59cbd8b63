"""Who is let in again is told what was asked and said of her work while she could not read it."""

from datetime import datetime

from django.db.models import Q
from django.dispatch import receiver

from secretariat.books.models import HoursQuestion, Remark
from secretariat.office import signals
from secretariat.office.models import Secretary, Suspension, User

from . import supervising, telling


@receiver(signals.person_let_in, dispatch_uid="books.supervision.person_let_in")
def person_let_in(sender, user, at, **rest):
    """What waits for her word is work of hers, and she is mailed of all that is new to her."""
    secretary = Secretary.objects.select_related("user").filter(user=user).first()
    if secretary is None or not secretary.is_engaged:
        return
    hers = {"secretary": secretary}
    questions = HoursQuestion.objects.filter(**hers, answered_at=None).order_by("asked_at", "pk")
    unsettled = Q(kind=Remark.Kind.COMPLAINT, answered_at=None) & ~Q(state__in=Remark.SETTLED)
    remarks = Remark.objects.filter(unsettled | _since(user, at=at), **hers).order_by("at", "pk")
    for question in questions:
        question.secretary = secretary  # who may sign in again
        supervising.tell_of_question(question)
    for remark in remarks:
        remark.secretary = secretary
        if remark.is_settled:
            telling.settled(remark)
        else:
            supervising.tell_of_remark(remark)


def _since(user: User, *, at: datetime) -> Q:
    """What was said, or came of a complaint, while she was suspended."""
    over = Suspension.objects.filter(user=user, lifted_at=at).order_by("-from_at")
    began = over.values_list("from_at", flat=True).first()
    if began is None:
        return Q(pk__in=[])
    return Q(at__gte=began) | Q(kind=Remark.Kind.COMPLAINT, done_at__gte=began)
