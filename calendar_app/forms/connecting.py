"""What a client types to let us read her calendar."""

from zlib import crc32

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.office.forms.fields import ZoneField
from secretariat.office.forms.words import FreeWords


class CalDavForm(FreeWords, forms.Form):
    """Where her calendar server is, and how one signs in there."""

    as_typed = {"url": "an address, sealed", "username": "a name that another server gave, sealed"}
    url = forms.CharField(
        label=_("Address of the server"),
        max_length=1000,
        help_text=_(
            "iCloud: caldav.icloud.com. Fastmail: caldav.fastmail.com. Others name it in their help."
        ),
    )
    username = forms.CharField(label=_("User name there"), max_length=254)
    password = forms.CharField(
        label=_("Password there"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("With iCloud and Fastmail an app password, which you make there and can take back."),
    )


class FeedForm(FreeWords, forms.Form):
    """The address of a calendar that is published."""

    as_typed = {"url": "an address that is a secret, sealed"}
    url = forms.CharField(
        label=_("Address of the feed"),
        max_length=1500,
        help_text=_("It often ends in .ics. Whoever knows it can read the calendar, so we keep it sealed."),
    )


class ChoiceForm(FreeWords, forms.Form):
    """Which calendars count as busy, and which one meetings are written to."""

    busy = forms.MultipleChoiceField(
        label=_("What stands here counts as busy"), required=False, widget=forms.CheckboxSelectMultiple
    )
    written_to = forms.ChoiceField(
        label=_("Meetings we arrange are written to"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args, calendars, **kwargs):
        here = next((str(each.pk) for each in calendars if each.is_written_to), "")
        initial = {"busy": [str(each.pk) for each in calendars if each.counts_as_busy], "written_to": here}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["busy"].choices = [(str(each.pk), each.name) for each in calendars]
        written = [(str(each.pk), each.name) for each in calendars if not each.read_only]
        self.fields["written_to"].choices = [("", _("None of these")), *written]
        self.calendars = {str(each.pk): each for each in calendars}

    @property
    def chosen(self) -> dict:
        """As `connecting.choose` wants it."""
        return {
            "busy": [self.calendars[each].pk for each in self.cleaned_data["busy"]],
            "written_to": self.calendars.get(self.cleaned_data["written_to"]),
        }


class ZoneForm(FreeWords, forms.Form):
    """Which place a calendar means by a name that nobody here knows."""

    zone = ZoneField(label=_("Which time zone is that"))

    def __init__(self, *args, calendar, named: str, **kwargs):
        super().__init__(*args, auto_id=f"zone-{calendar.pk}-{crc32(named.encode())}-%s", **kwargs)
        self.calendar, self.named = calendar, named
        self.initial = {"zone": calendar.diary.zone_name}

    def clean(self):
        if not self.named:
            raise forms.ValidationError(_("Say which name is meant."))
        return super().clean()
