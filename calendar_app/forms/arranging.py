"""What is typed to arrange a meeting: who, about what, how long, where, and when."""

from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from calendar_app import ringing
from calendar_app.models import Diary, Meeting, Place
from calendar_app.planning import Coming, Plan
from calendar_app.typed import YEARS, as_moment
from clients import numbers
from secretariat.office.forms.fields import ClockInput, DayInput, ZoneField
from secretariat.office.forms.words import FreeWords

LONGEST = 24 * 60
LENGTHS = (10, 15, 20, 30, 45, 60, 90, 120, 180, 240)
Manner = Meeting.Manner


class WhenForm(FreeWords, forms.Form):
    """A time of a diary: one of those offered, or a day and a time of its own."""

    starts = forms.CharField(required=False, max_length=40)
    on = forms.DateField(label=_("Day"), required=False, widget=DayInput())
    at = forms.TimeField(label=_("Time"), required=False, widget=ClockInput())
    minutes = forms.TypedChoiceField(
        label=_("How long"), coerce=int, choices=[(n, _("%(n)s min") % {"n": n}) for n in LENGTHS]
    )
    reason = forms.CharField(
        label=_("Why all the same"),
        max_length=240,
        required=False,
        help_text=_("Stands with the meeting, for everybody who looks."),
    )
    accepted = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput())

    def __init__(self, *args, diary: Diary, **kwargs):
        self.diary = diary
        super().__init__(*args, **kwargs)
        usual = diary.usual_minutes
        said = self.data.get("minutes") if self.is_bound else self.initial.get("minutes")
        lengths = {*LENGTHS, usual, *_length(said)}
        self.fields["minutes"].choices = [(n, _("%(n)s min") % {"n": n}) for n in sorted(lengths)]
        self.fields["minutes"].initial = usual

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on and on.year not in YEARS:
            raise forms.ValidationError(_("Choose a nearer day."))
        return on

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("on") and cleaned.get("at"):  # typed by hand, it comes before what was ticked
            return cleaned
        if starts := as_moment(cleaned.get("starts")):
            local = starts.astimezone(ZoneInfo(self.diary.zone_name))
            return cleaned | {"on": local.date(), "at": local.time()}
        if "on" not in self.errors and "at" not in self.errors:
            missing = "at" if cleaned.get("on") else "on"
            self.add_error(missing, _("Choose one of the times, or type a day and a time."))
        return cleaned

    @property
    def accepted_keys(self) -> frozenset[str]:
        return frozenset(filter(None, self.cleaned_data.get("accepted", "").split(" ")))


class ArrangeForm(WhenForm):
    """A meeting with somebody."""

    who = forms.CharField(label=_("Who"), max_length=120, required=False)
    about = forms.CharField(label=_("About what"), max_length=200, required=False)
    manner = forms.ChoiceField(
        label=_("How"), choices=[each for each in Manner.choices if each[0] != Manner.BLOCK], required=False
    )
    place = forms.ModelChoiceField(
        label=_("Place"), queryset=Place.objects.none(), required=False, empty_label=_("Another place")
    )
    where = forms.CharField(label=_("Where"), max_length=240, required=False)
    link = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")
    email = forms.EmailField(label=_("Their e-mail"), required=False, max_length=254)
    number = forms.CharField(label=_("Their telephone"), required=False, max_length=40)
    zone = ZoneField(label=_("Their time zone"), required=False)
    from_on = forms.DateField(label=_("Not before"), required=False, widget=DayInput())
    notes = forms.CharField(
        label=_("Notes"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    private = forms.BooleanField(label=_("Private: others see only that the time is taken"), required=False)

    we_ring = forms.BooleanField(label=_("By telephone: ring both sides at the time"), required=False)

    def __init__(self, *args, diary: Diary, user, **kwargs):
        super().__init__(*args, diary=diary, **kwargs)
        # Asked again for times, a box that was unticked stays so.
        is_new = "minutes" not in (self.initial or {})
        self.fields["we_ring"].initial = is_new and ringing.is_usual(diary)
        places = Place.objects.visible_to(user).filter(client=diary.client_id, is_active=True)
        self.fields["place"].queryset = places
        if not places:
            del self.fields["place"]
        self.fields["manner"].initial = Manner.IN_PERSON

    def clean_number(self):
        if not self.cleaned_data["number"].strip():
            return ""
        number = numbers.read(self.cleaned_data["number"], self.diary.client.country)
        if not number.e164:
            raise forms.ValidationError(number.because)
        return number.e164

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("who") and not cleaned.get("about"):
            self.add_error("who", _("Say who is to come, or what it is about."))
        return cleaned

    def plan(self, *, subject=None, correspondent_id=None) -> Plan:
        """What `booking.book` takes. `correspondent_id`: who that guest is, where that is known."""
        said = self.cleaned_data
        guest = Coming(
            name=said["who"],
            email=said["email"].lower(),
            number=said["number"],
            zone=said["zone"],
            correspondent_id=correspondent_id,
        )
        place = said.get("place")
        return Plan(
            about=said["about"] or said["who"],
            on=said["on"],
            at=said["at"],
            minutes=said["minutes"],
            manner=said["manner"] or Manner.IN_PERSON,
            place=place,
            where=said["where"],
            link=said["link"] or (place.link if place else ""),
            notes=said["notes"],
            private=said["private"],
            we_ring=said["we_ring"],
            guests=(guest,) if guest.name or guest.email or guest.number else (),
            subject=subject,
        )


class MoveForm(WhenForm):
    """Another time for a meeting that stands."""

    def plan(self, meeting: Meeting) -> Plan:
        said = self.cleaned_data
        return Plan(
            about=meeting.about,
            on=said["on"],
            at=said["at"],
            minutes=said["minutes"],
            manner=meeting.manner,
            place=meeting.place,
            where=meeting.where,
            link=meeting.link,
        )


class BlockForm(WhenForm):
    """Time that nobody may have."""

    about = forms.CharField(label=_("What for"), max_length=200)
    private = forms.BooleanField(label=_("Private: others see only that the time is taken"), required=False)
    field_order = ["about", "on", "at", "minutes", "private"]

    def plan(self) -> Plan:
        said = self.cleaned_data
        return Plan(
            about=said["about"],
            on=said["on"],
            at=said["at"],
            minutes=said["minutes"],
            manner=Manner.BLOCK,
            private=said["private"],
        )


class CancelForm(FreeWords, forms.Form):
    because = forms.CharField(
        label=_("Why"),
        max_length=240,
        error_messages={"required": _("Say why. Whoever was to come may ask.")},
    )


class OutcomeForm(FreeWords, forms.Form):
    outcome = forms.ChoiceField(label=_("What came of it"), choices=Meeting.Outcome.choices)
    note = forms.CharField(label=_("Note"), max_length=240, required=False)


def _length(said) -> tuple[int, ...]:
    """The minutes a meeting has already, or was typed with: it keeps them, though nobody offers them."""
    text = str(said or "")
    return (int(text),) if text.isascii() and text.isdecimal() and 0 < int(text) <= LONGEST else ()
