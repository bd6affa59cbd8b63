"""Parts of the frames that this package fills: (template, context)."""

from dataclasses import dataclass

from clients import work
from clients.models import WorkItem
from clients.regions import open_work

from .escalating import END_KIND

NAMED = 3  # one line each; of more the first are named


@dataclass(frozen=True)
class StandsRed:
    """An urgent message whose ladder has ended. `url` is where it is dealt with."""

    item: WorkItem
    url: str


def standing_red(request) -> tuple[str, dict]:
    """What nobody has acknowledged in the client's time: above every page of the desk and the firm, until it
    is. Asked again on `task.changed`. No query of its own while there is none.
    """
    count = open_work(request).get(END_KIND, 0)
    rows: list[WorkItem] = []
    if count:
        rows = list(
            WorkItem.objects.visible_to(request.user)
            .open()
            .filter(kind=END_KIND)
            .select_related("client", "owner")
            .order_by("promised_at", "id")[:NAMED]
        )
    return "messages_app/_standing_red.html", {
        "standing": [StandsRed(item, work.describe(item).url) for item in rows],
        "more": max(0, count - NAMED),
        "zone": request.user.zone,
    }
