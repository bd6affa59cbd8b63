"""What is typed to change a meeting that stands, and who comes to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from calendar_app.models import Meeting
from calendar_app.planning import Coming
from calendar_app.series import ALL, ONE
from clients import numbers
from secretariat.office.forms.fields import ZoneField
from secretariat.office.forms.words import FreeWords

from .arranging import WhenForm
from .series import WHICH


class ChangeForm(FreeWords, forms.Form):
    """What it is about, and what goes with it; nothing about its time."""

    which = forms.ChoiceField(label=_("Which"), choices=WHICH, widget=forms.RadioSelect, initial=ONE)
    about = forms.CharField(label=_("About what"), max_length=200)
    link = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")
    notes = forms.CharField(
        label=_("Notes"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    private = forms.BooleanField(label=_("Private: others see only that the time is taken"), required=False)

    def __init__(self, *args, meeting: Meeting, **kwargs):
        facts = {
            "about": meeting.about,
            "link": meeting.link,
            "notes": meeting.notes,
            "private": meeting.private,
        }
        super().__init__(*args, initial=facts | {"which": ONE}, **kwargs)
        if not meeting.series_id:
            del self.fields["which"]

    def facts(self) -> dict:
        """What is said of it that is not as it was; an act on several leaves the rest of each as it is."""
        names = ("about", "link", "notes", "private")
        return {name: self.cleaned_data[name] for name in names if name in self.changed_data}


class GuestForm(FreeWords, forms.Form):
    """Somebody who is to come as well."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    email = forms.EmailField(label=_("Their e-mail"), required=False, max_length=254)
    number = forms.CharField(label=_("Their telephone"), required=False, max_length=40)
    zone = ZoneField(label=_("Their time zone"), required=False)
    which = forms.ChoiceField(
        label=_("To which"), choices=[(ONE, WHICH[0][1]), (ALL, WHICH[2][1])], widget=forms.RadioSelect
    )

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, initial={"which": ALL}, **kwargs)
        self.country = meeting.client.country
        if not meeting.series_id:
            del self.fields["which"]

    def clean_number(self):
        if not self.cleaned_data["number"].strip():
            return ""
        number = numbers.read(self.cleaned_data["number"], self.country)
        if not number.e164:
            raise forms.ValidationError(number.because)
        return number.e164

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("name") or cleaned.get("email") or cleaned.get("number")) and not self.errors:
            self.add_error("name", _("Say who is to come."))
        return cleaned

    def coming(self) -> Coming:
        said = self.cleaned_data
        return Coming(said["name"], said["email"].lower(), said["number"], said["zone"])


class AgainForm(WhenForm):
    """A meeting that was cancelled, arranged anew with all that was said of it."""


class DespiteForm(FreeWords, forms.Form):
    """A reason for something that stands against it."""

    reason = forms.CharField(
        label=_("Why all the same"),
        max_length=240,
        required=False,
        help_text=_("Stands with the meeting, for everybody who looks."),
    )
    accepted = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput())

    @property
    def accepted_keys(self) -> frozenset[str]:
        return frozenset(filter(None, self.cleaned_data.get("accepted", "").split(" ")))
