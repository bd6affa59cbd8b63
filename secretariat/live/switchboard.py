"""All streams of one process: fed by one Redis subscription, and by a poll that finds what Redis lost."""

import asyncio
import logging
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

import redis.asyncio
from django.conf import settings
from django.db import Error as DatabaseError

from secretariat.ids import uuid7

from . import hint, reading
from .reading import Reader
from .streams import Stream
from .wire import SESSION_ENDED, Event

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pace:
    """How often, in seconds."""

    beat: float = 15
    poll: float = 2
    life: float = 600  # then a stream ends and begins anew, and its session is read again
    redis_again: float = 1
    report: float = 15
    unread: float = 10  # how long one write may take before the browser is let go


class Switchboard:
    """Holds the streams and tells them what happened. Belongs to one event loop."""

    def __init__(self, pace: Pace):
        self.pace = pace
        self.reader = Reader()
        self.newest = 0
        self._id = uuid7()
        self._streams: dict[UUID, set[Stream]] = defaultdict(set)
        self._seen: dict[int, float] = {}
        self._duties: list[asyncio.Task] = []
        self._reported_at = float("-inf")

    async def start(self) -> None:
        """Begin to listen and to poll. What happened before is not news to anybody."""
        self._see(await self.reader.ask(reading.recent_ids))
        self._duties = [asyncio.create_task(self._listen()), asyncio.create_task(self._keep_polling())]

    async def close(self) -> None:
        """End every stream, and leave no thread, task or connection."""
        self.end_streams()
        for duty in self._duties:
            duty.cancel()
        await asyncio.gather(*self._duties, return_exceptions=True)
        try:
            await self.reader.ask(reading.sign_off, self._id)
        except DatabaseError:
            logger.warning("live process could not sign off")
        self.reader.close()

    def end_streams(self) -> None:
        for stream in self._all():
            stream.end()

    def join(self, stream: Stream) -> None:
        self._streams[stream.user_id].add(stream)

    def leave(self, stream: Stream) -> None:
        mine = self._streams[stream.user_id]
        mine.discard(stream)
        if not mine:
            del self._streams[stream.user_id]

    def pass_on(self, event: Event) -> None:
        """Tell `event` to the streams of its audience, once."""
        if event.id in self._seen:
            return
        self._see([event.id])
        words = event.as_bytes()
        for user_id in event.audience & self._streams.keys():
            for stream in self._streams[user_id]:
                stream.tell(words)

    async def poll(self) -> None:
        """Find events whose hint was lost, and sessions that are over."""
        for event in await self.reader.ask(reading.unseen, set(self._seen)):
            self.pass_on(event)
        streams = self._all()
        over = await self.reader.ask(reading.ended, list({each.session_key for each in streams}))
        for stream in streams:
            if stream.session_key in over:
                stream.end(SESSION_ENDED)
        now = asyncio.get_running_loop().time()
        if now - self._reported_at >= self.pace.report:
            self._reported_at = now
            await self.reader.ask(reading.report, self._id, len(streams))
        forgotten = now - 2 * reading.LATE.total_seconds()
        self._seen = {pk: at for pk, at in self._seen.items() if at > forgotten}

    async def _keep_polling(self) -> None:
        while True:
            await asyncio.sleep(self.pace.poll)
            try:
                await self.poll()
            except DatabaseError as trouble:
                logger.warning("live poll failed", extra={"trouble": type(trouble).__name__})

    async def _listen(self) -> None:
        while settings.REDIS_URL:
            try:
                async with self._line() as line, line.pubsub() as ears:
                    await ears.subscribe(hint.channel())
                    async for message in ears.listen():
                        self._hear(message)
            except (redis.RedisError, OSError) as trouble:
                logger.warning("live hints not heard", extra={"trouble": type(trouble).__name__})
                await asyncio.sleep(self.pace.redis_again)

    @staticmethod
    def _line() -> redis.asyncio.Redis:
        # A line may be silent for hours; the health check finds out whether it is dead.
        return redis.asyncio.Redis.from_url(
            settings.REDIS_URL,
            socket_timeout=None,
            socket_connect_timeout=2,
            socket_keepalive=True,
            health_check_interval=15,
        )

    def _hear(self, message: dict) -> None:
        if message["type"] != "message":
            return
        try:
            event = Event.heard(message["data"])
        except (ValueError, KeyError, TypeError):
            logger.warning("live hint not understood")
        else:
            self.pass_on(event)

    def _see(self, ids: list[int]) -> None:
        now = asyncio.get_running_loop().time()
        self._seen.update(dict.fromkeys(ids, now))
        self.newest = max([self.newest, *ids])

    def _all(self) -> list[Stream]:
        return [stream for mine in self._streams.values() for stream in mine]
