"""The template tags: figures as people read them, in the zones they live in."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone

from secretariat import clock
from secretariat.overview.templatetags import ui

NOON = datetime(2026, 11, 19, 12, 32, tzinfo=UTC)


@pytest.fixture
def at_noon(monkeypatch):
    """The office's clock stands at 12:32 in London on 19 November 2026."""
    monkeypatch.setattr(clock, "now", lambda: NOON)


def drawn(template: str, **context) -> str:
    return Template("{% load ui %}" + template).render(Context(context))


@pytest.mark.parametrize(
    ("length", "short", "long"),
    [
        (None, "", ""),
        ("", "", ""),
        (0, "0:00", "0 s"),
        (9, "0:09", "9 s"),
        (126, "2:06", "2 min 06 s"),
        (timedelta(seconds=3599), "59:59", "59 min 59 s"),
        (3720, "1:02:00", "1 h 02 min"),
        (-4, "0:00", "0 s"),
    ],
)
def test_lengths(length, short, long):
    assert ui.duration(length) == short
    assert ui.long_duration(length) == long


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+447700900123", "+44 7700 900123"),
        ("+2348035550142", "+234 803 555 0142"),
        ("withheld", "withheld"),
        ("", ""),
    ],
)
def test_numbers_are_grouped_as_people_write_them(number, shown):
    assert ui.grouped(number) == shown


def test_a_number_can_be_rung_and_reads_left_to_right():
    assert drawn("{% phone n %}", n="+447700900123") == (
        '<a class="phone" href="tel:+447700900123" dir="ltr">+44 7700 900123</a>'
    )
    assert drawn("{% phone n %}", n="<withheld>") == '<bdi dir="ltr">&lt;withheld&gt;</bdi>'


def test_two_people_read_one_moment_on_two_clocks():
    shown = drawn(
        '{% two_times at "Africa/Lagos" "Europe/London" %}', at=datetime(2026, 11, 19, 14, tzinfo=UTC)
    )
    assert "15:00 Lagos · 14:00 you" in shown


def test_one_clock_when_both_agree_at_that_moment():
    summer = datetime(2026, 7, 1, 14, tzinfo=UTC)  # London keeps Lagos time in summer
    assert ">15:00<" in drawn('{% two_times at "Africa/Lagos" "Europe/London" %}', at=summer)


def test_a_day_names_the_year_only_when_it_is_another(at_noon):
    assert ui.on_day(datetime(2026, 11, 12, 9, tzinfo=UTC)) == "Thu 12 Nov"
    assert ui.on_day(datetime(2025, 11, 12, 9, tzinfo=UTC)) == "Wed 12 Nov 2025"


def test_a_day_is_that_of_the_place(at_noon):
    late = datetime(2026, 11, 12, 23, 30, tzinfo=UTC)
    assert ui.on_day(late, "Africa/Lagos") == "Fri 13 Nov"
    assert ui.at_time(late, "Africa/Lagos") == "00:30"


def test_a_timer_counts_up_from_a_moment_and_down_to_one(at_noon):
    up = drawn("{% timer since %}", since=NOON - timedelta(seconds=42))
    down = drawn("{% timer since until %}", since=NOON, until=NOON + timedelta(seconds=11))
    over = drawn("{% timer since until %}", since=NOON, until=NOON - timedelta(seconds=3))
    assert 'data-since="2026-11-19T12:31:18+00:00">0:42<' in up
    assert 'data-until="2026-11-19T12:32:11+00:00">0:11<' in down
    assert ">0:00<" in over
    assert 'role="timer" aria-live="off"' in up


def test_a_dial_has_real_hands_and_a_dark_face_at_night(at_noon):
    day = drawn('{% wall_clock "Africa/Lagos" %}')  # 13:32
    night = drawn('{% wall_clock "Asia/Tokyo" %}')  # 21:32
    assert 'transform="rotate(46 12 12)"' in day
    assert 'transform="rotate(192 12 12)"' in day
    assert "dial-night" not in day
    assert "dial-night" in night
    assert "<b" in day
    assert "13:32</b> Lagos" in day


def test_a_pair_of_clocks_becomes_one_where_they_agree(at_noon):
    with timezone.override("Europe/London"):
        assert drawn('{% clock_pair "Africa/Lagos" %}').count("<svg") == 2
        assert drawn('{% clock_pair "Europe/Lisbon" %}').count("<svg") == 1


def test_a_band_nobody_knows_looks_like_slate():
    assert ui.band_class("plum") == "band-plum"
    assert ui.band_class("Plum") == "band-plum"
    assert ui.band_class('"><script>') == "band-slate"
    assert ui.band_class(None) == "band-slate"


def test_an_icon_is_decorative_and_of_the_asked_size():
    shown = drawn('{% icon "phone" 22 %}')
    assert 'aria-hidden="true"' in shown
    assert 'width="22"' in shown


@pytest.mark.parametrize(
    ("url", "path", "current"),
    [
        ("/desk/", "/desk/", True),
        ("/desk/", "/desk/tasks/", False),
        ("/desk/tasks/", "/desk/tasks/12/", True),
        ("/desk/messages/?state=new", "/desk/messages/", True),
        ("/portal/messages/", "/portal/meetings/", False),
    ],
)
def test_the_entry_of_the_page_is_current(url, path, current):
    entry = type("Entry", (), {"url": url})
    assert ui.is_current(entry, path) is current
