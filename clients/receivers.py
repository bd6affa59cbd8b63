"""What the ground announces becomes work for a person."""

from django.dispatch import receiver
from django.utils.translation import gettext as _

from secretariat import outbox
from secretariat.office import signals as office_signals
from secretariat.office.models import Invitation
from secretariat.outbox import signals
from secretariat.outbox.models import Effect

from . import team, work
from .models import Assignment, Contact, WorkItem

PRESSING = (Effect.Queue.CALLS, Effect.Queue.URGENT)


@receiver(signals.effect_needs_person, dispatch_uid="clients.effect_needs_person")
def effect_needs_person(sender, effect, **rest):
    """Something did not leave, or nobody can tell whether it did."""
    if effect.state == Effect.State.UNKNOWN:
        because = _("%(what)s: nobody can tell whether it arrived.")
    else:
        because = _("%(what)s: it could not be sent.")
    work.open_item(
        "outbox.effect",
        subject=("outbox.effect", effect.pk),
        client=effect.client_id,
        because=because % {"what": outbox.describe(effect)},
        urgency=WorkItem.Urgency.URGENT if effect.queue in PRESSING else WorkItem.Urgency.TODAY,
    )


@receiver(signals.event_needs_person, dispatch_uid="clients.event_needs_person")
def event_needs_person(sender, event, **rest):
    """Something that came in could not be understood."""
    work.open_item(
        "outbox.event",
        subject=("outbox.inboundevent", event.pk),
        client=event.client_id,
        because=_("A notice of the carrier could not be worked: %(kind)s.") % {"kind": event.kind},
        urgency=WorkItem.Urgency.TODAY,
    )


@receiver(office_signals.person_suspended, dispatch_uid="clients.person_suspended")
def person_suspended(sender, user, by, **rest):
    """Her work is for others now."""
    work.release_all(user, by=by)


@receiver(office_signals.contract_ended, dispatch_uid="clients.contract_ended")
def contract_ended(sender, secretary, handed, at, **rest):
    """Off every team she was on, and what that let her see is closed."""
    hers = Assignment.objects.filter(secretary=secretary, until_at=None).select_related("client")
    for assignment in hers.order_by("from_at", "pk"):
        team.end(assignment, by=None, at=at)
        handed.append(_("Off the team of %(client)s") % {"client": assignment.client.name})
    work.release_all(secretary.user, by=None)
    work.finish_hers(secretary.user, outcome=_("She works here no more"))


@receiver(office_signals.invitation_accepted, dispatch_uid="clients.invitation_accepted")
def invitation_accepted(sender, invitation, user, **rest):
    """Somebody invited to a client's portal has joined: from now on she is that person there."""
    if invitation.gives != Invitation.Gives.CONTACT:
        return
    hers = Contact.objects.filter(pk=invitation.subject_id, client=invitation.client_id, user=None)
    hers.update(user=user)


@receiver(office_signals.request_made, dispatch_uid="clients.request_made")
def request_made(sender, kind, subject, because, due_at=None, owner=None, **rest):
    """Days off, a swap, somebody who has not come: the firm has something to decide or to look after."""
    pressing = WorkItem.Urgency.URGENT if kind == "office.late" else WorkItem.Urgency.TODAY
    facts = {"because": because, "urgency": pressing, "promised_at": due_at, "owner": owner}
    work.open_item(kind, subject=subject, **facts)


@receiver(office_signals.request_settled, dispatch_uid="clients.request_settled")
def request_settled(sender, subject, by, outcome, kind=None, **rest):
    """It was answered, taken back, or has settled itself."""
    work.finish_all(subject=subject, by=by, outcome=outcome, kind=kind)
