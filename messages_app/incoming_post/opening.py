"""Who may open what of a client's post: as she has it for all of it, or said of one piece."""

from django.utils.translation import gettext as _

from clients.models import Assignment, Client
from messages_app.models import PostRules, ReceivedPost
from secretariat.office.models import Secretary

from . import rules

OF_THE_TEAM = (Assignment.Turn.OWN, Assignment.Turn.STAND_IN)


def answering_for(client: Client):
    """Everybody who answers for her now, by name."""
    current = Assignment.objects.current().filter(client=client)
    return Secretary.objects.filter(pk__in=current.values("secretary")).order_by("spoken_name", "pk")


def openers(its: PostRules) -> list[Secretary] | None:
    """Who may; None: everybody who answers for her."""
    if its.opened_by == PostRules.OpenedBy.EVERYBODY:
        return None
    people = answering_for(its.client)
    if its.opened_by == PostRules.OpenedBy.NAMED:
        return list(people.filter(pk__in=its.openers.values("pk")))
    team = Assignment.objects.current().filter(client=its.client_id, turn__in=OF_THE_TEAM)
    return list(people.filter(pk__in=team.values("secretary")))


def may_be(post: ReceivedPost, its: PostRules | None) -> bool:
    """Whether anybody may: by the client's rules, or because she has said so of this one."""
    return post.wish == ReceivedPost.Wish.OPEN or bool(its and rules.may_open(post.kind, its.opens))


def why_not(post: ReceivedPost, its: PostRules | None, *, by) -> str:
    """Why this person does not open it; empty: she may."""
    if not may_be(post, its):
        return _("The client does not want this opened.")
    people = openers(its) if its else None
    if people is None or any(each.user_id == by.pk for each in people):
        return ""
    if not people:
        return _("Nobody whom the client lets open her post answers for her any more: ask her.")
    names = ", ".join(each.spoken_name for each in people)
    return _("The client lets nobody open her post but: %(names)s.") % {"names": names}
