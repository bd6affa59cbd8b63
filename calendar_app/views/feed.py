"""A diary at its secret address, as calendar programs fetch it again and again."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from calendar_app import feeds
from secretariat import clock
from secretariat.office import tries

AT_MOST, WINDOW = 30, 300  # fetches of one address, in so many seconds
FRESH = 300  # seconds for which a program may go by what it has


@login_not_required
@require_safe
def diary(request, token):
    """Whoever holds the address reads it. Of one that does not answer nobody learns whether it ever did.

    A program may keep what it was given, for itself alone: the address is the only key there is.
    """
    at = clock.now()
    feed = feeds.opened(token)
    if feed is None:
        wrong_often = tries.too_many(request, "feed")
        return _refused(429 if wrong_often else 404)
    if tries.too_often(f"feed:{feed.pk}", at_most=AT_MOST, window=WINDOW, at=at):
        return _refused(429)
    feeds.note_fetched(feed, at=at)
    found = feeds.document(feed, at=at)
    etag, changed = f'"{found.etag}"', int(found.changed_at.timestamp())
    answer = get_conditional_response(request, etag=etag, last_modified=changed)
    if answer is None:
        answer = HttpResponse(found.text(), content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = 'inline; filename="diary.ics"'
    answer["ETag"], answer["Last-Modified"] = etag, http_date(changed)
    answer["Cache-Control"] = f"private, max-age={FRESH}"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _refused(status: int) -> HttpResponse:
    answer = HttpResponse(status=status, content_type="text/plain; charset=utf-8")
    if status == 429:
        answer["Retry-After"] = str(WINDOW)
    return answer
