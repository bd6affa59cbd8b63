"""Being told when something changed over there, so that one need not ask so often."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Watch:
    """A channel (Google) or subscription (Microsoft). It ends by itself at `ends_at`."""

    remote_id: str
    resource_id: str
    ends_at: datetime
