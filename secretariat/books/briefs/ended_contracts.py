"""What becomes of work by proposal when the contract of whoever does it is over."""

from django.dispatch import receiver
from django.utils.translation import gettext as _

from clients import work
from clients.models import WorkItem
from secretariat.books.models import Brief, Proposal
from secretariat.office import signals

WITHOUT_HER = "books.brief_without_her"
State = Proposal.State


@receiver(signals.contract_ended, dispatch_uid="books.briefs.contract_ended")
def contract_ended(sender, secretary, handed, **rest):
    """What she proposed is taken back; what she was given is the firm's to go on with, or to end."""
    mine = Proposal.objects.filter(secretary=secretary)
    mine.filter(state=State.MADE).update(state=State.WITHDRAWN)
    given = mine.filter(state=State.CHOSEN, brief__state=Brief.State.GIVEN)
    for proposal in given.select_related("brief__client"):
        brief = proposal.brief
        words = {"name": secretary.spoken_name, "client": brief.client.name}
        work.open_item(
            WITHOUT_HER,
            subject=("books.brief", brief.pk),
            because=_("The contract of %(name)s is over: work by proposal for %(client)s waits") % words,
            urgency=WorkItem.Urgency.TODAY,
        )
        handed.append(_("Work by proposal for %(client)s") % words)
