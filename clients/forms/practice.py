"""What a supervisor plays, what she who practises takes down, and how it went."""

from zlib import crc32

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from clients.forms.prompts import as_kept, field_of
from clients.models import Client, Practice, Prompt
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
    """As at her desk, on the copy: the type of call is chosen first, and its prompts are the fields.

    `about`: the type to change to; what was typed moves along, an answer to the prompt of the same caption.
    """

    class Meta:
        model = Practice
        fields = ("contact", "caller_name", "call_back_on", "text", "is_urgent")
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, data=None, *, instance, about="", **kwargs):
        copy = instance.copy
        self.types = copy["call_types"]
        self.chosen = self._named(about or (data or {}).get("call_type", "")) or self._to_begin_with()
        initial = _typed(data, self.types) if about and data else None
        super().__init__(None if about else data, instance=instance, initial=initial, **kwargs)
        choices = [("", _("Whoever is there")), *((each, each) for each in copy["people"])]
        label = self.fields["contact"].label
        self.fields["contact"] = forms.ChoiceField(label=label, choices=choices, required=False)
        for name in ("caller_name", "call_back_on"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["text"].required = True
        self.fields["text"].error_messages["required"] = _("Write what the caller wants.")
        for prompt in self.prompts:
            self.fields[name_of(prompt.caption)] = field_of(prompt, required=prompt.required)
        asked = [name_of(each.caption) for each in self.prompts]
        self.order_fields(["contact", "caller_name", "call_back_on", *asked, "text"])

    @cached_property
    def prompts(self) -> list[Prompt]:
        """None of a copy that was made before they were copied as they are."""
        return [Prompt(**each) for each in (self.chosen or {}).get("asks", ())]

    def said(self) -> dict:
        """What she took down, as the practice keeps it."""
        own = {name: self.cleaned_data[name] for name in self._meta.fields}
        answers = [
            [each.caption, as_kept(self.cleaned_data.get(name_of(each.caption)))] for each in self.prompts
        ]
        return own | {"call_type": self.chosen["name"] if self.chosen else "", "answers": answers}

    def _named(self, name: str) -> dict | None:
        return next((each for each in self.types if each["name"] == name), None)

    def _to_begin_with(self) -> dict | None:
        of_default = (each for each in self.types if each.get("is_default"))
        return next(of_default, self.types[0] if self.types else None)


def name_of(caption: str) -> str:
    """By its caption: what was answered under one type of call stands under the other as well."""
    return f"asked_{crc32(caption.encode()):08x}"


def _typed(data, types: list[dict]) -> dict[str, str]:
    """What stood in the form before the type of call was changed; nothing of it is checked yet."""
    asked = {name_of(ask["caption"]) for each in types for ask in each.get("asks", ())}
    return {name: value for name, value in data.items() if name in asked | {*TakenForm.Meta.fields}}


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
