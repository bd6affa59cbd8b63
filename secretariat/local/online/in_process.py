"""Both services without a network: what the product asks arrives here and is answered at once."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from calendar_app.elsewhere import Unreachable
from calendar_app.elsewhere.web import Answer

from .faults import AnswerLost, NobodyThere
from .google import Google
from .microsoft import Microsoft
from .wire import Now

MICROSOFTS = ("graph.microsoft.com", "login.microsoftonline.com")


class Online:
    """A transport for `web.transported_by`."""

    def __init__(self, now: Now):
        self.google = Google(now)
        self.microsoft = Microsoft(now)

    def ask(self, method: str, url: str, headers: Mapping[str, str], content: bytes | None) -> Answer:
        host = urlsplit(url).hostname
        service = self.microsoft if host in MICROSOFTS else self.google
        try:
            reply = service.ask(method, url, headers, content)
        except (AnswerLost, NobodyThere) as silence:
            raise Unreachable(type(silence).__name__) from silence
        told = {name.lower(): value for name, value in reply.headers.items()}
        return Answer(reply.status, told, reply.content)
