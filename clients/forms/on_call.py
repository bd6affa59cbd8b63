"""On-call lists as people write them: names in their order, turns, hours, and others for some days."""

from datetime import datetime, timedelta

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.local_time import first_moment, last_moment
from clients.models import Client, Contact, OnCallList
from secretariat.office.forms.fields import ClockInput, DayInput
from secretariat.office.forms.words import FreeWords

PLACES = 8
LONGEST = timedelta(days=366)


def _somebody(label) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=label, queryset=Contact.objects.none(), required=False, empty_label=_("Nobody")
    )


class PeopleInOrder(FreeWords, forms.Form):
    """Up to eight people, one after the other; places left empty are skipped."""

    person_1 = _somebody(_("First"))
    person_2 = _somebody(_("Second"))
    person_3 = _somebody(_("Third"))
    person_4 = _somebody(_("Fourth"))
    person_5 = _somebody(_("Fifth"))
    person_6 = _somebody(_("Sixth"))
    person_7 = _somebody(_("Seventh"))
    person_8 = _somebody(_("Eighth"))

    def offer(self, people, chosen=()) -> None:
        """Let those of these who are still there be chosen, and the `chosen` stay in the places they have."""
        ids = [each.pk for each in chosen]
        offered = people.filter(Q(is_active=True) | Q(pk__in=ids))
        for place, name in enumerate(self.places):
            self.fields[name].queryset = offered
            if place < len(ids):
                self.initial.setdefault(name, ids[place])

    @property
    def places(self) -> list[str]:
        return [f"person_{place}" for place in range(1, PLACES + 1)]

    @property
    def place_fields(self) -> list:
        return [self[name] for name in self.places]

    @property
    def people(self) -> list[Contact]:
        return [self.cleaned_data[name] for name in self.places if self.cleaned_data.get(name)]

    def clean(self):
        cleaned = super().clean()
        seen = set()
        for name in self.places:
            person = cleaned.get(name)
            if person and person.pk in seen:
                self.add_error(name, _("%(name)s has a place already.") % {"name": person.name})
            seen.add(person and person.pk)
        return cleaned

    def check_hours(self, cleaned) -> None:
        """Hours have both ends, and are not empty."""
        begins, ends = cleaned.get("from_time"), cleaned.get("until_time")
        if {"from_time", "until_time"} & set(self.errors):
            return
        if (begins is None) != (ends is None):
            missing = "until_time" if ends is None else "from_time"
            self.add_error(missing, _("Enter both times, or neither for the whole day."))
        elif begins is not None and begins == ends:
            self.add_error("until_time", _("Leave both empty for the whole day."))


class OnCallForm(PeopleInOrder):
    """One on-call list, in the portal."""

    name = forms.CharField(
        label=_("What the list is called"),
        max_length=60,
        error_messages={"required": _("Give the list a name.")},
    )
    turns = forms.ChoiceField(
        label=_("Who is first"), choices=OnCallList.Turns.choices, widget=forms.RadioSelect
    )
    changes_over = forms.TimeField(label=_("They change over at"), required=False, widget=ClockInput())
    since = forms.DateField(label=_("The first person’s turn begins on"), required=False, widget=DayInput())
    from_time = forms.TimeField(label=_("On call from"), required=False, widget=ClockInput())
    until_time = forms.TimeField(label=_("On call until"), required=False, widget=ClockInput())

    def __init__(self, *args, client: Client, user, row: OnCallList | None = None, at: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        there = Contact.objects.visible_to(user).filter(client=client)
        chosen = [place.contact for place in row.places.select_related("contact")] if row else []
        self.offer(there, chosen)
        today = at.astimezone(client.tz).date()
        begin_with = {"turns": OnCallList.Turns.STAYS, "changes_over": "08:00", "since": today}
        for name, value in begin_with.items():
            self.initial.setdefault(name, getattr(row, name) if row else value)
        for name in ("name", "from_time", "until_time") if row else ():
            self.initial.setdefault(name, getattr(row, name))

    def clean(self):
        cleaned = super().clean()
        self.check_hours(cleaned)
        if not (self.people or set(self.places) & set(self.errors)):
            self.add_error("person_1", _("Choose who is first."))
        takes_turns = cleaned.get("turns") in (OnCallList.Turns.DAILY, OnCallList.Turns.WEEKLY)
        for name, words in (
            ("changes_over", _("Enter the time at which they change over.")),
            ("since", _("Enter the day on which the first person’s turn begins.")),
        ):
            if takes_turns and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, words)
            elif not cleaned.get(name):
                cleaned[name] = self.initial[name]
        return cleaned

    @property
    def words(self) -> dict:
        """What `rostering.write` and `change` take."""
        names = ("name", "turns", "changes_over", "since", "from_time", "until_time")
        return {name: self.cleaned_data[name] for name in names} | {"people": self.people}


class ReplacementForm(PeopleInOrder):
    """Others on call for some days; nobody chosen: nobody is."""

    from_on = forms.DateField(label=_("From the day"), widget=DayInput())
    from_time = forms.TimeField(label=_("From, time"), widget=ClockInput())
    until_on = forms.DateField(label=_("Until the day"), widget=DayInput())
    until_time = forms.TimeField(label=_("Until, time"), widget=ClockInput())

    def __init__(self, *args, client: Client, user, row: OnCallList, at: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(Contact.objects.visible_to(user).filter(client=client))
        self.client, self.at = client, at
        for name in ("from_time", "until_time"):
            self.initial.setdefault(name, row.changes_over)

    def clean(self):
        cleaned = super().clean()
        if {"from_on", "from_time", "until_on", "until_time"} & set(self.errors):
            return cleaned
        zone = self.client.tz
        cleaned["from_at"] = first_moment(cleaned["from_on"], cleaned["from_time"], zone)
        cleaned["until_at"] = last_moment(cleaned["until_on"], cleaned["until_time"], zone)
        if cleaned["until_at"] <= cleaned["from_at"]:
            self.add_error("until_on", _("It ends before it begins."))
        elif cleaned["until_at"] <= self.at:
            self.add_error("until_on", _("This is over already. Choose a later day."))
        elif cleaned["until_at"] - cleaned["from_at"] > LONGEST:
            self.add_error("until_on", _("This is longer than a year. Choose an earlier day."))
        return cleaned

    @property
    def words(self) -> dict:
        """What `rostering.replace` takes."""
        return {
            "people": self.people,
            "from_at": self.cleaned_data["from_at"],
            "until_at": self.cleaned_data["until_at"],
        }
