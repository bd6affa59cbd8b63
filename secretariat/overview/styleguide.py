"""Invented people and words for the style guide. Nothing here touches a row."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.core.paginator import Paginator
from django.utils.html import format_html

from secretariat.office.forms.words import FreeWords

from .templatetags.ui import BANDS

CLIENTS = (
    "Okafor Legal",
    "Brill Dental",
    "Tidewell Plumbing",
    "Marlowe Architects",
    "Ashdown Vets",
    "Hollis Physio",
    "Copperfield Joinery",
    "Juniper Florist",
)
PATTERNS = (
    "plain",
    "falling stripes",
    "wide rules",
    "dots",
    "rising stripes",
    "upright rules",
    "fine rules",
    "checks",
)
PHRASE = "Good afternoon, <strong>{}</strong>, Priya speaking. How may I help?"
WORK = (
    ("teal", "Brill Dental", "Urgent message to Dr Brill not confirmed", "Minder", "4 min late", True),
    ("rust", "Tidewell Plumbing", "Finish the call from 11:58", "Unfinished", "since 11:58", False),
    ("indigo", "Marlowe Architects", "Reply to the council about the site", "E-mail", "by 13:00", False),
)


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    icon: str
    badge: int = 0


@dataclass(frozen=True)
class Part:
    kind: str
    words: str
    seconds: int
    billed: bool
    x: int
    width: int


class ExampleForm(FreeWords, forms.Form):
    """One field of each kind, with errors when it is bound to nothing."""

    caller = forms.CharField(label="Caller’s name")
    firm = forms.CharField(label="Firm", required=False)
    number = forms.CharField(
        label="Call back on",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        help_text="From caller ID. Check it with the caller.",
    )
    matter = forms.ChoiceField(label="About", choices=[("lease", "A lease"), ("claim", "A claim")])
    when = forms.DateField(label="Day of the hearing", widget=forms.DateInput(attrs={"type": "date"}))
    at = forms.TimeField(label="Best time to call", widget=forms.TimeInput(attrs={"type": "time"}))
    call_type = forms.ChoiceField(
        label="Call type",
        choices=[("message", "Message"), ("new", "New client"), ("court", "Court or deadline")],
        widget=forms.RadioSelect,
    )
    urgency = forms.ChoiceField(
        label="Urgency",
        choices=[("normal", "Normal"), ("today", "Today"), ("urgent", "Urgent")],
        widget=forms.RadioSelect,
    )
    until = forms.ChoiceField(
        label="Until",
        choices=[("30", "30 minutes"), ("15", "15:00"), ("day", "Rest of today")],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label="Message", widget=forms.Textarea(attrs={"rows": 3}))
    read_back = forms.BooleanField(label="Read back to the caller")


def _parts() -> list[Part]:
    spoken = [
        ("ringing", "Ringing", 9, False),
        ("talk", "Dana and Priya", 58, True),
        ("hold", "Dana on hold", 31, False),
        ("asking", "Priya asks Tunde", 27, True),
        ("talk", "Dana and Tunde", 194, False),
        ("writing", "Writing the message", 41, True),
    ]
    whole, x, parts = sum(seconds for _, _, seconds, _ in spoken), 0, []
    for kind, words, seconds, billed in spoken:
        width = round(seconds / whole * 1000)
        parts.append(Part(kind, words, seconds, billed, x, max(1, width - 3)))
        x += width
    return parts


def examples(now: datetime) -> dict:
    """What the style guide's templates show, as of `now`."""
    desk = [
        Entry("Desk", "/styleguide/desk/", "phone"),
        Entry("Inbox", "/styleguide/inbox/", "inbox", 5),
        Entry("Tasks", "/styleguide/tasks/", "list-checks", 3),
        Entry("Unfinished", "/styleguide/unfinished/", "circle-dashed", 1),
        Entry("Messages", "/styleguide/messages/", "message-square"),
        Entry("Minders", "/styleguide/minders/", "alarm-clock", 2),
        Entry("Calendar", "/styleguide/calendar/", "calendar"),
        Entry("Timesheet", "/styleguide/timesheet/", "clock"),
    ]
    portal = [
        Entry("Today", "/styleguide/portal/", "sun"),
        Entry("Messages", "/styleguide/portal/messages/", "message-square", 2),
        Entry("Meetings", "/styleguide/portal/meetings/", "calendar"),
        Entry("Calls", "/styleguide/portal/calls/", "phone"),
        Entry("Instructions", "/styleguide/portal/instructions/", "list-checks"),
    ]
    return {
        "bands": list(zip(BANDS, CLIENTS, PATTERNS, strict=True)),
        "form": ExampleForm(),
        "form_with_errors": ExampleForm({"number": "12"}, prefix="wrong"),
        "filled_form": ExampleForm(
            initial={"caller": "Dana Reyes", "firm": "Reyes Property", "number": "+44 7700 900123"},
            prefix="slip",
        ),
        "page": Paginator(range(90), 30).page(2),
        "parts": _parts(),
        "phrase": format_html(
            "Good afternoon, <strong>{}</strong>, Priya speaking. How may I help?", CLIENTS[0]
        ),
        "events": [
            {"at": "12:31:50", "words": "Dana Reyes rang Okafor Legal", "did": True},
            {"at": "12:31:59", "words": "Priya answered in her browser", "did": True},
            {"at": "12:32:57", "words": "On hold 31 s, with music"},
            {"at": "14:00:00", "words": "Next: text to Ngozi", "to_come": True},
        ],
        "work": WORK,
        "lines": [
            ("Thu 19 Nov 12:31", "Call from Dana Reyes", timedelta(seconds=126), "2.00"),
            ("Thu 19 Nov 12:41", "Call from the High Court registry", timedelta(seconds=168), "2.66"),
            ("Thu 19 Nov 12:47", "Two urgent texts", None, "0.24"),
        ],
        "navigation": {"desk": desk, "portal": portal},
        "desk": {"search_url": "/styleguide/", "keys_json": "{}"},
        "portal": {"client": CLIENTS[0]},
        "number": "+447700900123",
    }
