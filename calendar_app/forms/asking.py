"""What is typed to offer somebody several times, and what those who were asked have said."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from calendar_app.asking import AT_MOST, ToAsk
from calendar_app.models import RequestParty
from calendar_app.planning import Coming, Plan
from calendar_app.typed import as_moment
from clients import numbers
from secretariat.office.forms.fields import ZoneField
from secretariat.office.forms.words import FreeWords

from .arranging import ArrangeForm, Manner

HOLD = (4, 24, 48, 72, 120, 168)
CHASE = (2, 4, 24, 48, 72)
Way = RequestParty.Way


class MomentsField(forms.Field):
    """Some of the times on offer, each as the page wrote it: moments with their offset."""

    widget = forms.SelectMultiple

    def to_python(self, value):
        return list(dict.fromkeys(moment for text in value or () if (moment := as_moment(text))))


class TimesForm(ArrangeForm):
    """Several times of a diary: those ticked, and one of one's own."""

    starts = MomentsField(required=False)
    hold = forms.TypedChoiceField(
        label=_("Held for"), coerce=int, choices=[(n, _("%(n)s hours") % {"n": n}) for n in HOLD]
    )

    def __init__(self, *args, diary, user, **kwargs):
        super().__init__(*args, diary=diary, user=user, **kwargs)
        del self.fields["private"]
        usual = diary.holds_last_hours
        if usual not in HOLD:
            hours = sorted({*HOLD, usual})
            self.fields["hold"].choices = [(n, _("%(n)s hours") % {"n": n}) for n in hours]
        self.fields["hold"].initial = usual

    def clean(self):
        cleaned = forms.Form.clean(self) or self.cleaned_data
        if bool(cleaned.get("on")) != bool(cleaned.get("at")):
            missing = "at" if cleaned.get("on") else "on"
            if missing not in self.errors:
                self.add_error(missing, _("Type both a day and a time, or neither."))
        elif not cleaned.get("on") and not cleaned.get("starts"):
            self.add_error("on", _("Tick at least one of the times, or type a day and a time."))
        if len(cleaned.get("starts") or ()) > AT_MOST:
            self.add_error("on", _("At most %(n)d times are on offer at once.") % {"n": AT_MOST})
        return cleaned

    def plans(self) -> list[Plan]:
        """One for each time, the meeting otherwise the same."""
        said, zone = self.cleaned_data, ZoneInfo(self.diary.zone_name)
        walls = [(each.astimezone(zone).date(), each.astimezone(zone).time()) for each in said["starts"]]
        if said.get("on"):
            walls.append((said["on"], said["at"]))
        return [self._plan(on, at) for on, at in dict.fromkeys(walls)]

    def _plan(self, on, at) -> Plan:
        said = self.cleaned_data
        place = said.get("place")
        return Plan(
            about=said["about"] or said["who"],
            on=on,
            at=at,
            minutes=said["minutes"],
            manner=said["manner"] or Manner.IN_PERSON,
            place=place,
            where=said["where"],
            link=said["link"] or (place.link if place else ""),
            notes=said["notes"],
        )

    def until(self, at: datetime) -> datetime:
        return at + timedelta(hours=self.cleaned_data["hold"])


class AskForm(TimesForm):
    """Somebody is asked which of several times suits."""

    way = forms.ChoiceField(label=_("Ask them"), choices=Way.choices, initial=Way.MAIL)
    chase = forms.TypedChoiceField(
        label=_("Followed up after"),
        coerce=int,
        choices=[(n, _("%(n)s hours") % {"n": n}) for n in CHASE],
        initial=24,
        help_text=_("Half-way they are reminded, once. Then it is work for somebody here."),
    )

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("who"):
            self.add_error("who", _("Say who is to be asked."))
        check_way(self, cleaned)
        return cleaned

    def to_ask(self) -> ToAsk:
        said = self.cleaned_data
        return ToAsk(
            Coming(said["who"], said["email"].lower(), said["number"], said["zone"]), way=said["way"]
        )

    def promised_at(self, at: datetime) -> datetime:
        return at + timedelta(hours=self.cleaned_data["chase"])


class AddTimesForm(TimesForm):
    """Other times for a request: what it is about stays."""

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, diary=request.diary, **kwargs)
        self.request = request
        kept = ("starts", "on", "at", "minutes", "reason", "accepted", "from_on", "hold")
        for name in list(self.fields):
            if name not in kept:
                del self.fields[name]
        del self.fields["minutes"]

    def _plan(self, on, at) -> Plan:
        mine = self.request
        return Plan(
            about=mine.about,
            on=on,
            at=at,
            minutes=mine.minutes,
            manner=mine.manner,
            place=mine.place,
            where=mine.where,
            link=mine.link,
            notes=mine.notes,
        )


class PartyForm(FreeWords, forms.Form):
    """Somebody else who has to agree."""

    prefix = "party"
    who = forms.CharField(label=_("Who"), max_length=120)
    way = forms.ChoiceField(label=_("Ask them"), choices=Way.choices, initial=Way.MAIL)
    email = forms.EmailField(label=_("Their e-mail"), required=False, max_length=254)
    number = forms.CharField(label=_("Their telephone"), required=False, max_length=40)
    zone = ZoneField(label=_("Their time zone"), required=False)

    def __init__(self, *args, country: str, **kwargs):
        self.country = country
        super().__init__(*args, **kwargs)

    def clean_number(self):
        if not self.cleaned_data["number"].strip():
            return ""
        number = numbers.read(self.cleaned_data["number"], self.country)
        if not number.e164:
            raise forms.ValidationError(number.because)
        return number.e164

    def clean(self):
        cleaned = super().clean()
        check_way(self, cleaned)
        return cleaned

    def to_ask(self) -> ToAsk:
        said = self.cleaned_data
        return ToAsk(
            Coming(said["who"], said["email"].lower(), said["number"], said["zone"]), way=said["way"]
        )


class WithdrawForm(FreeWords, forms.Form):
    prefix = "withdraw"
    because = forms.CharField(
        label=_("Why"),
        max_length=240,
        required=False,
        help_text=_("Stands here; those asked are not told it."),
    )


def check_way(form, cleaned) -> None:
    """To ask somebody by mail or text, there must be an address for it."""
    if cleaned.get("way") == Way.MAIL and not cleaned.get("email") and "email" not in form.errors:
        form.add_error("email", _("To ask by e-mail, type their address."))
    if cleaned.get("way") == Way.TEXT and not cleaned.get("number") and "number" not in form.errors:
        form.add_error("number", _("To ask by text, type their number."))
