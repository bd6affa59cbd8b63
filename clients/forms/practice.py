"""What a supervisor plays, what she who practises takes down, and how it went."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Client, Practice
from secretariat.office.forms.words import FreeWords, WordsOfModel
from secretariat.office.models import Secretary

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


class TakenForm(WordsOfModel):
    """As at her desk, on the copy."""

    class Meta:
        model = Practice
        fields = ("contact", "call_type", "caller_name", "call_back_on", "text", "is_urgent")
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        copy = self.instance.copy
        for name, nothing, offered in (
            ("contact", _("Whoever is there"), copy["people"]),
            ("call_type", _("Not known yet"), [each["name"] for each in copy["call_types"]]),
        ):
            label = self.fields[name].label
            choices = [("", nothing), *((each, each) for each in offered)]
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)
        for name in ("caller_name", "call_back_on"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["text"].required = True
        self.fields["text"].error_messages["required"] = _("Write what the caller wants.")


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
