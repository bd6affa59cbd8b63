"""What may cut into a verb. Each travels up through the verbs under way, which tidy up as it passes."""


class Interruption(Exception):
    """Something happened to the leg while a verb was under way."""


class Tidying:
    """`with Tidying(act)`: do `act` however the verb ends, but not when the whole carrier is thrown away."""

    def __init__(self, act):
        self._act = act

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is not GeneratorExit:
            self._act()


class HungUp(Interruption):
    """The leg has ended: nothing more can be said on it."""


class HangUp(Interruption):
    """The document says to end the leg."""


class Rejected(Interruption):
    """The document refuses the call before answering it."""

    def __init__(self, status: str):
        super().__init__(status)
        self.status = status


class Redirected(Interruption):
    """The application gave the live leg another document."""

    def __init__(self, source):
        super().__init__(source)
        self.source = source


class RoomChanged(Interruption):
    """The participant's place in the room changed: held, resumed, announced to, or the room began."""


class LeftRoom(Interruption):
    """The participant is out of the room, and its leg alive."""


class LeaveQueue(Interruption):
    """The document takes the caller out of the queue."""


class Dequeued(Interruption):
    """The caller's turn has come: `by` is the leg that will talk to her, `source` what she hears first."""

    def __init__(self, by, source):
        super().__init__(by)
        self.by = by
        self.source = source


class DocumentFailed(Interruption):
    """No usable document came from `url`; `code` is the carrier's error code."""

    def __init__(self, code: int, url: str):
        super().__init__(code, url)
        self.code = code
        self.url = url
