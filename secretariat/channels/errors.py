"""How a channel says that something did not leave. Codes only: never an address, never content."""


class Refused(Exception):
    """Surely not sent.

    `code`: the provider's or our own word for why. `permanent`: trying again is useless.
    `retry_after`: seconds the provider asked us to wait. `outage`: the provider could not be reached
    at all, which counts towards leaving the whole channel alone for a while.
    """

    def __init__(self, code, *, permanent: bool = False, retry_after: float | None = None, outage=False):
        super().__init__(str(code))
        self.code = str(code)
        self.permanent = permanent
        self.retry_after = retry_after
        self.outage = outage


class Silent(Exception):
    """Perhaps sent: the provider was told, and we did not hear the answer."""

    def __init__(self, code):
        super().__init__(str(code))
        self.code = str(code)
