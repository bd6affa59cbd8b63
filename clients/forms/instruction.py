from datetime import datetime, time, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from clients import numbers
from clients.local_time import day_begins, first_moment, last_moment
from clients.models import CallType, Client, Contact, Correspondent, Instruction, Line, LineHours
from clients.windows import Window
from secretariat.office.forms.fields import ClockInput, DayInput
from secretariat.office.forms.words import FreeWords

MOST_LISTED = 50
DAY = timedelta(days=1)


class InstructionForm(FreeWords, forms.Form):
    """One instruction in the client's words: when, for whom, what then."""

    HOLDS = [
        ("today", _("Today")),
        ("between", _("For some days")),
        ("weekly", _("Every week")),
        ("standing", _("Always, until I withdraw it")),
    ]
    text = forms.CharField(
        label=_("What the secretary should know"),
        max_length=480,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    action = forms.ChoiceField(label=_("Then"), choices=Instruction.Action, widget=forms.RadioSelect)
    put_through_to = forms.ModelChoiceField(
        label=_("Put through to"), queryset=Contact.objects.none(), required=False, empty_label=_("Choose")
    )
    directly = forms.BooleanField(
        label=_("Without a secretary"),
        required=False,
        help_text=_("The caller hears it ring at once. If nobody takes the call, a secretary does."),
    )
    callers = forms.ChoiceField(label=_("For"), choices=Instruction.Callers, widget=forms.RadioSelect)
    people = forms.ModelMultipleChoiceField(
        label=_("Which people"), queryset=Correspondent.objects.none(), required=False
    )
    numbers = forms.CharField(label=_("Which numbers, with commas between"), max_length=1000, required=False)
    companies = forms.CharField(label=_("Which firms, with commas between"), max_length=1000, required=False)
    call_type = forms.ModelChoiceField(
        label=_("Only when the call is about"),
        queryset=CallType.objects.none(),
        required=False,
        empty_label=_("Whatever it is about"),
    )
    in_meetings = forms.ChoiceField(
        label=_("During meetings"),
        choices=Instruction.Meetings,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Meetings are those of the diary, and of the calendars connected with it."),
    )
    line = forms.ModelChoiceField(
        label=_("Only on this line"),
        queryset=Line.objects.none(),
        required=False,
        empty_label=_("On every line"),
    )
    holds = forms.ChoiceField(label=_("It holds"), choices=HOLDS, widget=forms.RadioSelect)
    from_on = forms.DateField(
        label=_("From the day"),
        required=False,
        widget=DayInput(),
    )
    from_time = forms.TimeField(label=_("From, time"), required=False, widget=ClockInput())
    until_on = forms.DateField(
        label=_("Until the day"),
        required=False,
        widget=DayInput(),
    )
    until_time = forms.TimeField(label=_("Until, time"), required=False, widget=ClockInput())
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On these days"),
        choices=LineHours.Weekday.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    each_day = forms.BooleanField(label=_("From and until these times on each of the days"), required=False)

    def __init__(self, *args, client: Client, user, at, **kwargs):
        super().__init__(*args, **kwargs)
        self.client, self.at = client, at
        theirs = {"client": client}
        self.fields["put_through_to"].queryset = Contact.objects.visible_to(user).filter(
            is_active=True, **theirs
        )
        self.fields["people"].queryset = Correspondent.objects.visible_to(user).filter(**theirs)
        self.fields["call_type"].queryset = CallType.objects.visible_to(user).filter(is_active=True, **theirs)
        if not self.fields["call_type"].queryset.exists():
            del self.fields["call_type"]
        self.fields["line"].queryset = Line.objects.visible_to(user).filter(is_active=True, **theirs)
        if self.fields["line"].queryset.count() < 2:
            del self.fields["line"]

    def clean_numbers(self):
        found = []
        for raw in filter(None, map(str.strip, self.cleaned_data["numbers"].split(","))):
            number = numbers.read(raw, self.client.country)
            if not number.e164:
                raise forms.ValidationError(f"{raw}: {number.because}")
            found.append(number.e164)
        return self._not_too_many(found)

    def clean_companies(self):
        return self._not_too_many(
            list(filter(None, map(str.strip, self.cleaned_data["companies"].split(","))))
        )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("action") == Instruction.Action.PUT_THROUGH:
            if not cleaned.get("put_through_to"):
                self.add_error("put_through_to", _("Choose to whom."))
        else:
            cleaned |= {"put_through_to": None, "directly": False}
        if cleaned.get("call_type") and cleaned.get("action") in ("voicemail", "refuse"):
            self.add_error(
                "action",
                _("What a call is about is known once it is answered: take a message, or put through."),
            )
        if cleaned.get("call_type") and cleaned.get("directly"):
            self.add_error(
                "directly",
                _("What a call is about is known once a secretary has answered: untick this."),
            )
        self._clean_callers(cleaned)
        self._clean_window(cleaned)
        self._clean_range(cleaned)
        return cleaned

    def _clean_window(self, cleaned) -> None:
        """Days and hours that come back: of every week, or between the dates."""
        holds = cleaned.get("holds")
        days = cleaned.get("weekdays") or []
        comes_back = holds == "weekly" or (holds == "between" and cleaned.get("each_day"))
        window = Window(
            frozenset(days if holds in ("weekly", "between") else ()),
            cleaned.get("from_time") if comes_back else None,
            cleaned.get("until_time") if comes_back else None,
        )
        if holds == "weekly" and not window and "weekdays" not in self.errors:
            self.add_error("weekdays", _("Tick the days, or enter the hours."))
        if window.begins and window.begins == window.ends:
            self.add_error("until_time", _("It ends when it begins."))
        if comes_back:
            cleaned |= {"from_time": None, "until_time": None}  # what is left of them is of the dates
        cleaned["window"] = window

    def _clean_callers(self, cleaned) -> None:
        """Keep only the list that the choice of callers uses, and ask for it."""
        for listed in (
            Instruction.Callers.PEOPLE,
            Instruction.Callers.NUMBERS,
            Instruction.Callers.COMPANIES,
        ):
            if cleaned.get("callers") != listed:
                cleaned[listed.value] = []
            elif not cleaned.get(listed.value) and listed.value not in self.errors:
                self.add_error(listed.value, _("Say which."))

    def _clean_range(self, cleaned) -> None:
        zone = self.client.tz
        begins = ends = None
        match cleaned.get("holds"):
            case "today":
                today = self.at.astimezone(zone).date()
                begins = first_moment(today, cleaned.get("from_time") or time.min, zone)
                ends = self._end(today, cleaned.get("until_time"))
            case "between":
                if cleaned.get("from_on"):
                    begins = first_moment(cleaned["from_on"], cleaned.get("from_time") or time.min, zone)
                if cleaned.get("until_on"):
                    ends = self._end(cleaned["until_on"], cleaned.get("until_time"))
                elif "until_on" not in self.errors:
                    self.add_error("until_on", _("Enter the last day on which it holds."))
                if ends and not self.errors and not self._comes_round(cleaned["window"], begins, ends):
                    self.add_error("weekdays", _("None of these days lies between the dates."))
        if ends and ends <= self.at:
            self.add_error(self._end_field(cleaned), _("This is over already. Choose a later end."))
        elif begins and ends and ends <= begins:
            self.add_error(self._end_field(cleaned), _("It ends before it begins."))
        cleaned |= {"from_at": begins, "until_at": ends}

    def _comes_round(self, window: Window, begins, ends) -> bool:
        since = max(begins or self.at, self.at)
        return not window or any(
            end > since and start < ends for start, end in window.around(since, self.client.zone)
        )

    def _end(self, on, clock):
        return last_moment(on, clock, self.client.tz) if clock else day_begins(on + DAY, self.client.tz)

    def _end_field(self, cleaned) -> str:
        return "until_on" if cleaned["holds"] == "between" else "until_time"

    def _not_too_many(self, found: list[str]) -> list[str]:
        if len(found) > MOST_LISTED or any(len(each) > 120 for each in found):
            raise forms.ValidationError(_("These are too many, or one is too long."))
        return found

    @property
    def words(self) -> dict:
        """What `instructing.write` and `change` take."""
        names = ("text", "action", "put_through_to", "directly", "callers", "people", "numbers", "companies")
        words = {name: self.cleaned_data[name] for name in (*names, "from_at", "until_at")}
        window = self.cleaned_data["window"]
        return words | {
            "line": self.cleaned_data.get("line"),
            "in_meetings": self.cleaned_data["in_meetings"],
            "call_type": self.cleaned_data.get("call_type"),
            "weekdays": sorted(window.weekdays),
            "from_time": window.begins,
            "until_time": window.ends,
        }

    @classmethod
    def filled_with(cls, row: Instruction, *, at: datetime) -> dict:
        """The form's values for an instruction that stands."""
        zone = row.client.tz
        begins = row.from_at and row.from_at.astimezone(zone)
        ends = row.until_at and row.until_at.astimezone(zone)
        today = at.astimezone(zone).date()
        whole_day = bool(ends) and ends.time() == time.min
        last = ends.date() - DAY if whole_day else ends and ends.date()
        same_day = bool(begins and ends) and begins.date() == last == today
        return {
            "text": row.text,
            "action": row.action,
            "put_through_to": row.put_through_to_id,
            "directly": row.directly,
            "callers": row.callers,
            "people": [person.pk for person in row.people.all()],
            "numbers": ", ".join(numbers.spaced(number) for number in row.numbers),
            "companies": ", ".join(row.companies),
            "line": row.line_id,
            "in_meetings": row.in_meetings,
            "call_type": row.call_type_id,
            "holds": _holds(row, same_day=same_day),
            "from_on": begins and begins.date(),
            "from_time": row.from_time or (begins.time() if begins and begins.time() != time.min else None),
            "until_on": last,
            "until_time": row.until_time or (None if whole_day or not ends else ends.time()),
            "weekdays": row.weekdays,
            "each_day": row.from_time is not None or row.until_time is not None,
        }


def _holds(row: Instruction, *, same_day: bool) -> str:
    """Which of the form's choices an instruction is."""
    if row.is_standing:
        return "standing"
    if row.has_window and row.from_at is None and row.until_at is None:
        return "weekly"
    return "today" if same_day and not row.has_window else "between"
