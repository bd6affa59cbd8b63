"""What a supervisor plays, and how it went."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from secretariat.office.forms.words import FreeWords
from secretariat.office.models import Secretary

POINTS = {
    "greeting": _("Answered in time, with the client’s words"),
    "instructions": _("Did what the client wants"),
    "asked": _("Asked for all that the message needs"),
    "read_back": _("Read the number back"),
    "hold": _("Hold and putting through"),
    "manner": _("Calm and friendly"),
    "message": _("A message that says it all"),
}
AGAINST = [("", _("Did not come up")), ("well", _("Well")), ("otherwise", _("To be done otherwise"))]
WELL = [("yes", _("Well enough for a real call")), ("no", _("Not yet: practise once more"))]


class BeginForm(FreeWords, forms.Form):
    secretary = forms.ModelChoiceField(
        label=_("Who practises"),
        queryset=Secretary.objects.none(),
        error_messages={"required": _("Choose who practises.")},
    )
    client = forms.ModelChoiceField(
        label=_("She answers for a copy of"),
        queryset=Client.objects.none(),
        error_messages={"required": _("Choose a client.")},
    )
    part = forms.CharField(
        label=_("Who you play, and what that caller wants"),
        help_text=_("She reads it only once you have talked it through."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what you play.")},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        people = Secretary.objects.visible_to(user).filter(user__is_active=True)
        self.fields["secretary"].queryset = people.select_related("user").order_by("spoken_name", "pk")
        clients = Client.objects.visible_to(user).filter(is_active=True)
        self.fields["client"].queryset = clients.order_by("name", "pk")


class JudgeForm(FreeWords, forms.Form):
    went_well = forms.ChoiceField(
        label=_("How it went"),
        choices=WELL,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how it went.")},
    )
    judgement = forms.CharField(
        label=_("What was good, and what to do otherwise"),
        help_text=_("She reads it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what you tell her.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, words in POINTS.items():
            self.fields[f"point_{name}"] = forms.ChoiceField(label=words, choices=AGAINST, required=False)
        self.order_fields([f"point_{name}" for name in POINTS])

    @property
    def points(self) -> dict[str, str]:
        """Those that came up."""
        said = {name: self.cleaned_data[f"point_{name}"] for name in POINTS}
        return {name: value for name, value in said.items() if value}


def against(practice) -> list[tuple[str, str]]:
    """What it was written up against, in words, and how each went."""
    said, words = practice.points or {}, dict(AGAINST)
    return [(str(POINTS[name]), str(words[said[name]])) for name in POINTS if said.get(name) in words]
