"""What somebody says of time worked: that it was otherwise, that there was more, that a week is not right."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.local_time import first_moment
from clients.models import Client
from secretariat.office.forms.fields import DayInput
from secretariat.office.forms.words import FreeWords

LONGEST = timedelta(hours=16)
WHY = _("Say why in a few words. It is kept, and whoever approves the week sees it.")


class SecondsInput(forms.TimeInput):
    """A time of day, to the second."""

    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M:%S", attrs={"step": "1"})


class StretchForm(FreeWords, forms.Form):
    """From when until when, on the clocks of `zone`. Past midnight it ends on the day after."""

    on = forms.DateField(label=_("Day"), widget=DayInput())
    since = forms.TimeField(label=_("From"), widget=SecondsInput())
    until = forms.TimeField(label=_("Until"), widget=SecondsInput())
    because = forms.CharField(label=_("Why"), max_length=240, error_messages={"required": WHY})

    def __init__(self, *args, zone: ZoneInfo, at: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone, self.at = zone, at

    def clean(self):
        said = super().clean()
        if {"on", "since", "until"} <= said.keys():
            self._judge(*self._moments(said["on"], said["since"], said["until"]))
        return said

    def _moments(self, on: date, since: time, until: time) -> tuple[datetime, datetime]:
        ends_on = on + timedelta(days=1) if until < since else on
        return first_moment(on, since, self.zone), first_moment(ends_on, until, self.zone)

    def _judge(self, started_at, ended_at) -> None:
        if ended_at > self.at:
            self.add_error("until", _("This is still to come. Only time that is over can be written down."))
        elif ended_at - started_at > LONGEST:
            self.add_error("until", _("That is more than sixteen hours. Check both times."))
        self.started_at, self.ended_at = started_at, ended_at


class CorrectionForm(StretchForm):
    """An interval, as it is said to have been. The same time twice strikes it out."""

    def __init__(self, *args, was: tuple[datetime, datetime], zone: ZoneInfo, **kwargs):
        self.was = was
        local = [moment.astimezone(zone) for moment in was]
        kwargs.setdefault(
            "initial", {"on": local[0].date(), "since": local[0].time(), "until": local[1].time()}
        )
        super().__init__(*args, zone=zone, **kwargs)

    def _moments(self, on, since, until):
        """Where a time stays as it was to the second, its fraction stays as well."""
        return tuple(
            before if before.replace(microsecond=0) == said else said
            for before, said in zip(self.was, super()._moments(on, since, until), strict=True)
        )

    def _judge(self, started_at, ended_at) -> None:
        super()._judge(started_at, ended_at)
        if (started_at, ended_at) == self.was:
            self.add_error("until", _("These are the times that stand there now."))


class OtherWorkForm(StretchForm):
    """Work that nothing recorded, for a client, or the office's own. Which of the two is never guessed."""

    client = forms.ModelChoiceField(label=_("Client"), queryset=Client.objects.none(), required=False)
    no_client = forms.BooleanField(
        label=_("For no client: training, practice, a talk of the team"), required=False
    )
    because = forms.CharField(
        label=_("What you did, and why it was not recorded"),
        max_length=240,
        error_messages={"required": WHY},
    )
    field_order = ("client", "no_client", "on", "since", "until", "because")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = Client.objects.visible_to(user).filter(is_active=True)

    def clean(self):
        said = super().clean()
        if "client" in said and bool(said["client"]) == said.get("no_client", False):
            words = (
                _("Choose the client, or say that it was for none.")
                if not said["client"]
                else _("It was for this client, or for none: take one of the two away.")
            )
            self.add_error("client", words)
        return said

    def _judge(self, started_at, ended_at) -> None:
        super()._judge(started_at, ended_at)
        if started_at == ended_at:
            self.add_error("until", _("Nothing lies between these two times."))


class InHerPlaceForm(FreeWords, forms.Form):
    because = forms.CharField(
        label=_("Why she does not confirm it herself"),
        max_length=240,
        help_text=_("She reads it."),
        error_messages={"required": _("Say why you confirm it in her place. She reads it.")},
    )


class SendBackForm(FreeWords, forms.Form):
    because = forms.CharField(
        label=_("What she should look at again"),
        max_length=240,
        error_messages={"required": _("Say what is not right, so that she can mend it.")},
    )
