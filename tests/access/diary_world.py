"""What stands in a client’s diary when the matrix asks."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from calendar_app import answering, asking, booking, diaries, feeds, guest_links, series
from calendar_app.asking import ToAsk
from calendar_app.models import Diary, Paper, Place
from calendar_app.planning import Coming, Plan
from calendar_app.preparing import MEDIA_KIND
from calendar_app.repeating import Choice
from secretariat import clock, media
from secretariat.outbox.models import Effect


def in_the_diary(office, side) -> None:
    """A meeting to come, one that is over, and a time held."""
    word, now = side.word, clock.now()
    diary = Diary.objects.create(client=side.client.row, name=f"Diary of {word}", notice_minutes=0)

    def plan(on, at):
        guests = (Coming(f"Dana {word}", email=f"dana@{word.lower()}.example"),)
        return Plan(f"{word} meets Dana", on, at, 30, manner="telephone", guests=guests)

    facts = {"by": side.owner.user, "at": now - timedelta(days=2)}
    weekly = Choice("weekly", date(2026, 12, 1), time(10), count=2)
    made = series.arrange(diary, plan(date(2026, 12, 1), time(10)), weekly, {}, **facts)
    gone = booking.book(diary, plan(date(2026, 12, 4), time(10)), **facts)
    told = (Coming(f"Tom {word}", email=f"tom@{word.lower()}.example", number="+447700900188"),)
    by_phone = replace(plan(date(2026, 11, 26), time(15)), guests=told)
    side.rows |= {
        "diary": diary,
        "repeating": made,
        "of_series": made.meetings.first(),
        "gone_meeting": booking.cancel(gone, version=0, because="She is ill", **facts),
        "place": Place.objects.create(client=side.client.row, name=f"{word} Hall"),
        "place_before": Place.objects.create(client=side.client.row, name=f"{word} Barn", is_active=False),
        "meeting": booking.book(diary, plan(date(2026, 11, 26), time(10)), **facts),
        "meeting_by_phone": booking.book(diary, by_phone, **facts),
        "past_meeting": booking.book(diary, plan(date(2026, 11, 23), time(10)), **facts),
        "held": booking.hold(
            diary, plan(date(2026, 11, 27), time(10)), until=now + timedelta(days=1), **facts
        ),
    }
    side.rows["meeting_guest"] = side.rows["meeting"].guests.get()
    content = {"kind": MEDIA_KIND, "name": f"{word}.txt", "content_type": "text/plain"}
    kept = media.store(word.encode(), client_id=side.client.row.pk, **content)
    side.rows["paper"] = Paper.objects.create(
        client=side.client.row, meeting=side.meeting, media_id=kept.pk, name=kept.name, size=kept.size
    )
    _asked(side, diary, plan)
    leaver = office.contact(side.client, f"Keeper at {word}", by=(), signs_in=False)
    side.rows["her_diary"] = diaries.open_for(leaver, by=side.owner.user)
    side.rows["secret"], side.rows["secret_token"] = feeds.make(diary, "full", by=side.owner.user, at=now)
    # who was told is told again when it does not take place
    told = Effect.objects.filter(kind="calendar.invitation")
    told.update(state=Effect.State.DONE, attempts=1)


def _asked(side, diary: Diary, plan) -> None:
    """A meeting being arranged, with two who are asked and a time that one of them proposes."""
    word, now = side.word, clock.now()
    asked = asking.ask(
        diary,
        [replace(plan(date(2026, 11, 30), time(hour)), guests=()) for hour in (10, 14)],
        to=(
            ToAsk(Coming(f"Lee {word}", email=f"lee@{word.lower()}.example")),
            ToAsk(Coming(f"Kit {word}", number="+447700900166"), way="text"),
        ),
        until=now + timedelta(days=2),
        promised_at=now + timedelta(days=1),
        by=side.owner.user,
        at=now,
    )
    party = asked.parties.get(name=f"Lee {word}")
    proposed = datetime(2026, 12, 1, 11, tzinfo=UTC)
    answering.propose(party, [proposed], words=f"{word} suits me then", by=None, at=now)
    side.rows |= {
        "asked": asked,
        "party": party,
        "option": asked.options.first(),
        "proposal": asked.proposals.get(),
        "party_link": guest_links.token(party.links.get()),
        "guest_link": guest_links.token(guest_links.of_guest(side.rows["meeting"].guests.get())),
    }
