"""The figures of a report, counted by the database. What each of them means stands in `meanings`.

A call is judged as `firm.service_level` judges it, in SQL: a test holds the two together. Medians and the
like do not add up, so the line of totals is asked for by itself.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Aggregate,
    Avg,
    Count,
    DateField,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Sum,
)
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, TruncDate, TruncMonth, TruncWeek

from calls.models import Call, Offer, PutThrough
from calls.models.call import CallQuerySet
from clients.models import Client, WorkRecord
from messages_app.models import Message
from secretariat.office.models import Secretary

from .asking import Asked, By

GAVE_UP = Call.Outcome.ABANDONED
TRUNCATED = {By.DAY: TruncDate, By.WEEK: TruncWeek, By.MONTH: TruncMonth}
NOBODY = None


class Percentile(Aggregate):
    """The length below which this share of them lies, between two lengths where it falls between them."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"

    def __init__(self, expression, share: float, **extra):
        super().__init__(expression, share=share, output_field=DurationField(), **extra)


@dataclass(frozen=True)
class Source:
    """Rows that are counted: by which moment they belong to a day, and by which column to a secretary."""

    rows: QuerySet
    moment: str
    secretary: str
    figures: dict[str, Aggregate]


@dataclass
class Line:
    """The figures of one group. `key` is a date, or the id of a client or secretary; None: nobody's."""

    key: Any
    figures: dict[str, Any] = field(default_factory=dict)
    name: str = ""
    band: str = ""

    def __getattr__(self, name):
        try:
            return self.__dict__["figures"][name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def percent(self) -> int | None:
        """Of the calls secretaries were to answer, those answered in time, rounded down. None: no calls."""
        return self.within * 100 // self.counted if self.counted else None

    @property
    def put_percent(self) -> int | None:
        return self.put_done * 100 // self.put_ended if self.put_ended else None


EMPTY: dict[str, Any] = dict.fromkeys(
    [
        *("rang", "counted", "within", "answered", "gave_up", "unanswered", "voicemail"),
        *("messages", "normal", "today", "urgent", "acknowledged"),
        *("put_tried", "put_ended", "put_done", "offered", "missed"),
    ],
    0,
) | dict.fromkeys(
    [
        *("speed", "speed_median", "speed_p95", "gave_up_after", "ack_median", "ack_p95"),
        *("talk", "hold", "wrap_up", "through"),
    ]
)


def lines(user, asked: Asked, *, within: timedelta, at: datetime) -> list[Line]:
    """A line for each group in which anything happened, in order, as far as this person may see."""
    found: dict[Any, Line] = {}
    for source in _sources(user, asked, within, at):
        key = _key(source, asked)
        for row in _within(source, asked).annotate(key=key).values("key").annotate(**source.figures):
            row_key = row.pop("key")
            line = found.setdefault(row_key, Line(row_key, dict(EMPTY)))
            line.figures |= row
    _name(user, asked, found)
    if asked.by in TRUNCATED:
        return [found[key] for key in sorted(found)]
    return sorted(found.values(), key=lambda line: (line.key is NOBODY, line.name))


def total(user, asked: Asked, *, within: timedelta, at: datetime) -> Line:
    """The figures of the whole period."""
    whole = Line(NOBODY, dict(EMPTY))
    for source in _sources(user, asked, within, at):
        whole.figures |= _within(source, asked).aggregate(**source.figures)
    return whole


def by_urgency(user, asked: Asked) -> list[Line]:
    """How soon messages of each urgency were acknowledged, the most pressing first."""
    source = _messages(user)
    rows = _within(source, asked).values("urgency").annotate(**source.figures).order_by("-urgency")
    names = dict(Message.Urgency.choices)
    return [Line(row["urgency"], row, name=str(names[row["urgency"]])) for row in rows]


def by_hour(user, asked: Asked) -> dict[tuple[int, int], int]:
    """Calls that rang, by (weekday from 1, Monday; hour of the local day)."""
    calls = _within(Source(Call.objects.visible_to(user), "rang_at", "secretary", {}), asked)
    zone = asked.zone
    rows = calls.annotate(
        weekday=ExtractIsoWeekDay("rang_at", tzinfo=zone), hour=ExtractHour("rang_at", tzinfo=zone)
    )
    counted = rows.values("weekday", "hour").annotate(n=Count("pk"))
    return {(row["weekday"], row["hour"]): row["n"] for row in counted}


def _sources(user, asked: Asked, within: timedelta, at: datetime) -> list[Source]:
    return [_calls(user, within, at), _messages(user), _put_throughs(user), _seconds(user), _offers(user)]


def _calls(user, within: timedelta, at: datetime) -> Source:
    calls = Call.objects.visible_to(user)
    calls = calls.annotate(
        answer_took=ExpressionWrapper(F("answered_at") - F("rang_at"), DurationField()),
        waited=ExpressionWrapper(F("ended_at") - F("rang_at"), DurationField()),
    )
    ours = CallQuerySet.is_for_secretaries()  # the rest is counted as having rung
    answered = ours & Q(answered_at__isnull=False)
    gave_up = ours & Q(answered_at=None, outcome=GAVE_UP)
    over = ~Q(outcome=Call.Outcome.NONE) | Q(ended_at__isnull=False) | Q(rang_at__lt=at - within)
    unanswered = ours & over & Q(answered_at=None) & ~Q(outcome=GAVE_UP)
    return Source(
        calls,
        "rang_at",
        "secretary",
        {
            "rang": Count("pk"),
            "counted": Count("pk", filter=answered | gave_up | unanswered),
            "within": Count("pk", filter=answered & Q(answer_took__lte=within)),
            "answered": Count("pk", filter=answered),
            "gave_up": Count("pk", filter=gave_up),
            "unanswered": Count("pk", filter=unanswered),
            "voicemail": Count("pk", filter=Q(outcome=Call.Outcome.VOICEMAIL)),
            "speed": Avg("answer_took", filter=answered),
            "speed_median": Percentile("answer_took", 0.5, filter=answered),
            "speed_p95": Percentile("answer_took", 0.95, filter=answered),
            "gave_up_after": Avg("waited", filter=gave_up),
        },
    )


def _messages(user) -> Source:
    """Messages that stand: a withdrawn one does not, nor one that a correction replaces."""
    messages = Message.objects.visible_to(user).filter(corrected_by=None)
    messages = messages.exclude(state=Message.State.WITHDRAWN)
    took = ExpressionWrapper(F("acknowledged_at") - F("taken_at"), DurationField())
    messages = messages.annotate(ack_took=took)
    acknowledged = Q(acknowledged_at__isnull=False)
    urgency = Message.Urgency
    return Source(
        messages,
        "taken_at",
        "taken_by__secretary",
        {
            "messages": Count("pk"),
            "normal": Count("pk", filter=Q(urgency=urgency.NORMAL)),
            "today": Count("pk", filter=Q(urgency=urgency.TODAY)),
            "urgent": Count("pk", filter=Q(urgency=urgency.URGENT)),
            "acknowledged": Count("pk", filter=acknowledged),
            "ack_median": Percentile("ack_took", 0.5, filter=acknowledged),
            "ack_p95": Percentile("ack_took", 0.95, filter=acknowledged),
        },
    )


def _put_throughs(user) -> Source:
    return Source(
        PutThrough.objects.visible_to(user),
        "asked_at",
        "asked_by",
        {
            "put_tried": Count("pk"),
            "put_ended": Count("pk", filter=Q(ended_at__isnull=False)),
            "put_done": Count("pk", filter=Q(state=PutThrough.State.DONE)),
        },
    )


def _seconds(user) -> Source:
    length = ExpressionWrapper(F("ended_at") - F("started_at"), DurationField())
    kinds = WorkRecord.Kind
    wanted = {"talk": kinds.TALK, "hold": kinds.HOLD, "wrap_up": kinds.WRAP_UP, "through": kinds.PUT_THROUGH}
    return Source(
        WorkRecord.objects.visible_to(user).filter(client__isnull=False).annotate(length=length),
        "started_at",
        "secretary",
        {name: Sum("length", filter=Q(kind=kind)) for name, kind in wanted.items()},
    )


def _offers(user) -> Source:
    return Source(
        Offer.objects.visible_to(user),
        "offered_at",
        "secretary",
        {"offered": Count("pk"), "missed": Count("pk", filter=Q(state=Offer.State.EXPIRED))},
    )


def _within(source: Source, asked: Asked) -> QuerySet:
    moment = source.moment
    rows = source.rows.filter(**{f"{moment}__gte": asked.since, f"{moment}__lt": asked.until})
    if asked.client_id:
        rows = rows.filter(client=asked.client_id)
    if asked.secretary_id:
        rows = rows.filter(**{source.secretary: asked.secretary_id})
    return rows.order_by()


def _key(source: Source, asked: Asked):
    if asked.by == By.CLIENT:
        return F("client")
    if asked.by == By.SECRETARY:
        return F(source.secretary)
    truncated = TRUNCATED[asked.by]
    if truncated is TruncDate:
        return TruncDate(source.moment, tzinfo=asked.zone)
    return truncated(source.moment, tzinfo=asked.zone, output_field=DateField())


def _name(user, asked: Asked, found: dict[Any, Line]) -> None:
    """Names of clients and secretaries; days name themselves."""
    if asked.by == By.CLIENT:
        for client in Client.objects.visible_to(user).filter(pk__in=found):
            found[client.pk].name, found[client.pk].band = client.name, client.band
    elif asked.by == By.SECRETARY:
        known = [key for key in found if key is not NOBODY]
        for secretary in Secretary.objects.visible_to(user).filter(pk__in=known).select_related("user"):
            found[secretary.pk].name = secretary.spoken_name or secretary.user.name
    else:
        for key, line in found.items():
            assert isinstance(key, date)
            line.name = key.isoformat()
