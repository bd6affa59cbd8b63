"""The one address of every file."""

import logging
import re

from csp.decorators import csp_replace
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from secretariat import ledger

from . import guards, ranges, storing
from .models import MediaFile

logger = logging.getLogger(__name__)

CONTENT_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+", re.ASCII)


@require_safe
@csp_replace({"default-src": ["'none'"], "sandbox": True})  # a file opened by itself is nobody's page
def file(request, file_id):
    """The file or a range of it, for whoever its kind's guard lets see it; for others there is none.

    With `?download` it is to be kept, for those who may; each time is on the ledger.
    """
    found = get_object_or_404(MediaFile, pk=file_id, deleted_at=None)
    if not guards.may_see(request.user, found):
        raise Http404
    is_taken = "download" in request.GET
    if is_taken and not guards.may_take(request.user, found):
        raise Http404
    try:
        part = ranges.asked_for(request.headers.get("Range", ""), found.size)
    except ranges.Unsatisfiable:
        return _described(HttpResponse(status=416, headers={"Content-Range": f"bytes */{found.size}"}))
    start, stop = part or (0, found.size)
    try:
        content = storing.read(found, start, stop) if request.method == "GET" else []
    except FileNotFoundError as missing:
        logger.error("file is not on disk", extra={"file": str(found.pk)})
        raise Http404 from missing
    ledger.looked(request.user, found.client_id, ("media.mediafile", found.pk))
    if is_taken and request.method == "GET":
        ledger.record(
            "taken_out.download",
            actor_id=request.user.pk,
            client_id=found.client_id,
            subject=("media.mediafile", found.pk),
        )
    answer = StreamingHttpResponse(content, status=206 if part else 200, content_type=_content_type(found))
    if part:
        answer["Content-Range"] = f"bytes {start}-{stop - 1}/{found.size}"
    answer["Content-Length"] = stop - start
    answer["Content-Disposition"] = content_disposition_header(is_taken or not _is_audio(found), found.name)
    return _described(answer)


def _described(answer):
    answer["Accept-Ranges"] = "bytes"
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _content_type(found: MediaFile) -> str:
    """As the sender named it, if that is a name at all: it goes into a header."""
    return found.content_type if CONTENT_TYPE.fullmatch(found.content_type) else "application/octet-stream"


def _is_audio(found: MediaFile) -> bool:
    return _content_type(found).startswith("audio/")
