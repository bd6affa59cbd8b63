"""The portal's *Read it elsewhere*: secret addresses at which a diary is read by calendar programs."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from calendar_app import feeds
from calendar_app.models import Feed
from clients.doors import portal_required
from secretariat import clock
from secretariat.next import see_other

from . import whose


@require_safe
@portal_required
def page(request):
    return _page(request, whose.diary(request))


@require_POST
@portal_required
def make(request):
    """A new address, shown on the answer itself: it is kept nowhere from which it could be shown again."""
    words = request.POST.get("words", "")
    if words not in Feed.Words.values:
        raise Http404
    diary = whose.diary(request)
    feed, token = feeds.make(diary, words, by=request.user, at=clock.now())
    return _page(request, feed.diary, made=(feed, feeds.address(token)))


@require_POST
@portal_required
def end(request, feed_id):
    feed = get_object_or_404(Feed.objects.visible_to(request.user), pk=feed_id, diary__in=whose.hers(request))
    if feeds.take_back(feed, by=request.user, at=clock.now()):
        messages.success(request, _("Taken back. Nobody reads anything at that address any more."))
    return see_other(request, f"{reverse('feeds')}?diary={feed.diary_id}")


def _page(request, diary, made=None):
    standing, answering = {}, set()
    if not diary._state.adding:
        mine = Feed.objects.visible_to(request.user).filter(diary=diary, ended_at=None)
        standing = {each.words: each for each in mine.select_related("made_by")}
        answering = set(feeds.answering(mine).values_list("pk", flat=True))
    rows = [(words, standing.get(words)) for words in Feed.Words]
    made_feed, address = made or (None, "")
    context = {
        "client": request.contact.client,
        "diary": diary,
        "diary_is_new": diary._state.adding,
        "choices": whose.choices(request),
        "rows": rows,
        "answering": answering,
        "made": made_feed,
        "address": address,
        "subscribe": f"webcal://{urlsplit(address).netloc}{urlsplit(address).path}" if address else "",
        "back_days": feeds.BACK.days,
        "ahead_days": feeds.AHEAD.days,
    }
    return render(request, "calendar_app/feeds.html", context)
