from datetime import time

from django import forms
from django.utils.translation import gettext_lazy as _

from clients import where_i_am
from clients.local_time import first_moment
from clients.models import Client, Contact, Status
from secretariat.office.forms.fields import ClockInput, DayInput
from secretariat.office.forms.words import FreeWords


class AbsenceForm(FreeWords, forms.Form):
    """Somebody is away from one moment to another, and who takes what is for her meanwhile."""

    who = forms.ModelChoiceField(label=_("Who"), queryset=Contact.objects.none(), empty_label=None)
    from_on = forms.DateField(label=_("Away from the day"), widget=DayInput())
    from_time = forms.TimeField(label=_("From, time"), required=False, widget=ClockInput())
    until_on = forms.DateField(label=_("Until the day"), widget=DayInput())
    until_time = forms.TimeField(label=_("Until, time"), required=False, widget=ClockInput())
    stand_in = forms.ModelChoiceField(
        label=_("Who stands in"),
        queryset=Contact.objects.none(),
        required=False,
        empty_label=_("Nobody: messages wait"),
        help_text=_("Messages go there meanwhile, with the reason."),
    )
    text = forms.CharField(label=_("In your own words, for the desk only"), max_length=120, required=False)
    note = forms.CharField(
        label=_("What we may tell callers"),
        max_length=240,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, client: Client, people, at, **kwargs):
        super().__init__(*args, **kwargs)
        self.client, self.at = client, at
        self.fields["who"].queryset = people
        self.fields["stand_in"].queryset = client.contacts.filter(is_active=True)
        if people.count() == 1:
            self.fields["who"].widget = forms.HiddenInput()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("stand_in") and cleaned.get("stand_in") == cleaned.get("who"):
            self.add_error("stand_in", _("Nobody stands in for herself. Choose somebody else, or nobody."))
        if cleaned.get("from_on") and cleaned.get("until_on"):
            zone = self.client.tz
            begins = first_moment(cleaned["from_on"], cleaned.get("from_time") or time.min, zone)
            ends = where_i_am.until_date(cleaned["until_on"], cleaned.get("until_time"), self.client.zone)
            cleaned |= {"from_at": max(begins, self.at), "until_at": ends}
            if ends <= self.at:
                self.add_error("until_on", _("This is over already. Choose a later end."))
            elif ends <= begins:
                self.add_error("until_on", _("It ends before it begins."))
        return cleaned

    @property
    def words(self) -> dict:
        """What `where_i_am.set_status` takes."""
        names = ("text", "note", "from_at", "until_at", "stand_in")
        return {name: self.cleaned_data[name] for name in names} | {"kind": Status.Kind.AWAY}
