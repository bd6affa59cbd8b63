from datetime import datetime, timedelta
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.office.forms.words import FreeWords
from secretariat.office.models import LineKind

# As she reads it herself; LineKind says it of her.
LINES = [(LineKind.BROWSER, _("This browser")), (LineKind.PHONE, _("My own telephone"))]


class StartShiftForm(FreeWords, forms.Form):
    """What she says when she comes to work."""

    line = forms.ChoiceField(label=_("Calls ring in"), choices=LINES, widget=forms.RadioSelect)
    hours = forms.IntegerField(
        label=_("I work for, hours"), min_value=1, max_value=14, required=False, widget=forms.NumberInput
    )
    declared = forms.BooleanField(
        label=_("I am alone in a quiet room, nobody can see the screen, and my equipment is safe to use."),
        error_messages={"required": _("Tick this to start the shift.")},
    )

    def __init__(self, *args, secretary, to_read=(), rules=(), **kwargs):
        super().__init__(*args, initial={"line": secretary.line, "hours": 8}, **kwargs)
        self.secretary = secretary
        self.to_read, self.rules = to_read, rules
        for each in rules:
            self.fields[f"rule_{each.key}"] = forms.BooleanField(
                label=each.words,
                error_messages={"required": _("Tick “%(rule)s”.") % {"rule": each.words}},
            )
        for each in to_read:
            self.fields[f"read_{each.key}"] = forms.BooleanField(
                label=each.says or _("I have read it"),
                error_messages={"required": _("Read “%(title)s” and tick it.") % {"title": each.title}},
            )

    @property
    def checklist(self):
        """The field of each security rule."""
        return [self[f"rule_{each.key}"] for each in self.rules]

    @property
    def bulletins(self):
        """Each thing to read with the field that says so."""
        return [(each, self[f"read_{each.key}"]) for each in self.to_read]

    def clean_line(self):
        line = self.cleaned_data["line"]
        if line == LineKind.PHONE and not self.secretary.rings_at_home:
            raise forms.ValidationError(
                _("The number of your telephone is not verified yet. Verify it below, then choose it.")
            )
        return line

    def ends_at(self, at: datetime) -> datetime | None:
        """The planned end of a shift that starts at `at`, if she named one."""
        hours = self.cleaned_data["hours"]
        return at + timedelta(hours=hours) if hours else None


class EndShiftForm(FreeWords, forms.Form):
    """Who has what is still hers when she goes home. Not chosen: the client's team."""

    note = forms.CharField(
        label=_("Note for whoever goes on with it"), max_length=240, required=False, widget=forms.Textarea
    )

    def __init__(self, *args, left, **kwargs):
        super().__init__(*args, **kwargs)
        self.left = left
        for at, each in enumerate(left):
            takers = [
                (
                    str(taker.user_id),
                    taker.name if taker.at_work else _("%(name)s, off shift") % {"name": taker.name},
                )
                for taker in each.takers
            ]
            self.fields[f"to_{at}"] = forms.ChoiceField(
                label=each.what, choices=[("", _("The client’s team")), *takers], required=False
            )

    @property
    def rows(self):
        """Each thing with the field that says who has it."""
        return [(each, self[f"to_{at}"]) for at, each in enumerate(self.left)]

    def hands(self) -> dict[str, UUID]:
        """What goes to whom by name, as `going_home.go_home` takes it."""
        chosen = {each.key: self.cleaned_data.get(f"to_{at}") for at, each in enumerate(self.left)}
        return {key: UUID(to) for key, to in chosen.items() if to}


class BreakForm(FreeWords, forms.Form):
    """Why, and for how long, she is not there."""

    reason = forms.ChoiceField(label=_("Reason"))
    minutes = forms.IntegerField(
        label=_("Back in, minutes"),
        min_value=1,
        max_value=240,
        required=False,
        help_text=_("Left empty, as long as such a break usually lasts."),
    )

    def __init__(self, *args, reasons, **kwargs):
        super().__init__(
            *args, auto_id="id_break_%s", **kwargs
        )  # it is in the bar above every form of the desk
        self.usual = {each.name: each.minutes for each in reasons}
        self.fields["reason"].choices = [(each.name, each.name) for each in reasons]

    def back_at(self, at: datetime) -> datetime:
        """When she means to be back from a break that begins at `at`."""
        minutes = self.cleaned_data["minutes"] or self.usual[self.cleaned_data["reason"]]
        return at + timedelta(minutes=minutes)
