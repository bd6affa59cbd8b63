"""One open stream: what waits to be sent to one browser."""

import asyncio
from uuid import UUID


class Stream:
    """Bounded: a browser that does not read is let go, and catches up when it comes back."""

    AT_MOST = 100  # events that may wait

    def __init__(self, user_id: UUID, session_key: str):
        self.user_id = user_id
        self.session_key = session_key
        self.ended = False
        self._waiting: list[bytes] = []
        self._awake = asyncio.Event()

    def tell(self, words: bytes) -> None:
        """Have `words` sent. Never waits."""
        if self.ended:
            return
        if len(self._waiting) >= self.AT_MOST:
            self.end()
            return
        self._waiting.append(words)
        self._awake.set()

    def end(self, last_words: bytes = b"") -> None:
        """Send only `last_words` and be done."""
        self.ended = True
        self._waiting = [last_words] if last_words else []
        self._awake.set()

    async def next(self, seconds: float) -> bytes:
        """What is to be sent next; nothing if there was nothing for so long, or the stream has ended."""
        try:
            async with asyncio.timeout(max(0, seconds)):
                await self._awake.wait()
        except TimeoutError:
            return b""
        self._awake.clear()
        words, self._waiting = b"".join(self._waiting), []
        return words
