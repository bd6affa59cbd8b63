"""The slip as it is typed on a call: the fields every message has, and the prompts of the call type."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from clients import numbers
from clients.forms.prompts import as_kept, field_of
from clients.models import CallType, Contact, Prompt
from messages_app.models import Message
from messages_app.taking import Asked
from secretariat.office.forms.words import FreeWords


class MessageForm(FreeWords, forms.Form):
    """The message form of one call. Required fields are checked when it is sent, never while typing."""

    CARD_NUMBER = _("A card number was typed. It was not kept: card numbers may not be written down here.")

    contact = forms.ModelChoiceField(
        queryset=Contact.objects.none(), label=_("For"), required=False, empty_label=_("Whoever is there")
    )
    caller_name = forms.CharField(max_length=120, required=False, label=_("Caller’s name"))
    caller_firm = forms.CharField(max_length=120, required=False, label=_("Firm"))
    call_back_on = forms.CharField(max_length=40, required=False, label=_("Call back on"))
    read_back = forms.BooleanField(required=False, label=_("Read back to the caller"))
    text = forms.CharField(
        max_length=4000,
        required=False,
        label=_("Message"),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "true"}),
    )
    also_noted = forms.CharField(
        max_length=4000, required=False, label=_("Also noted"), widget=forms.Textarea(attrs={"rows": 2})
    )
    urgency = forms.TypedChoiceField(
        choices=Message.Urgency.choices, coerce=int, initial=1, label=_("Urgency"), widget=forms.RadioSelect
    )
    partial = forms.BooleanField(required=False, label=_("The caller hung up before it was finished"))
    call_type = forms.ModelChoiceField(
        queryset=CallType.objects.none(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, data=None, *, call, call_type=None, people=None, **kwargs):
        """`people`: those it may be for, where the page has read them already."""
        super().__init__(data, **kwargs)
        self.call, self.client = call, call.client
        self.fields["contact"].queryset = call.client.contacts.filter(is_active=True)
        self.people = list(self.fields["contact"].queryset) if people is None else people
        nobody = ("", self.fields["contact"].empty_label)
        self.fields["contact"].widget.choices = [nobody, *((each.pk, str(each)) for each in self.people)]
        self.fields["call_type"].queryset = call.client.call_types.filter(is_active=True)
        self.chosen_type = call_type
        if not self.client.partial_messages:
            del self.fields["partial"]
        hung_up = bool(self.data.get("partial")) and self.client.partial_messages
        for prompt in self.prompts:
            self.fields[name_of(prompt)] = field_of(prompt, required=prompt.required and not hung_up)
        for name, field in self.fields.items():
            field.widget.attrs.setdefault("autocomplete", "off")
            if name != "text":
                field.widget.attrs.setdefault("spellcheck", "false")

    @cached_property
    def prompts(self) -> list[Prompt]:
        return list(self.chosen_type.prompts.all()) if self.chosen_type else []

    @property
    def prompt_fields(self):
        return [self[name_of(prompt)] for prompt in self.prompts]

    def clean_call_back_on(self):
        raw = self.cleaned_data["call_back_on"].strip()
        if not raw:
            return ""
        number = numbers.normalise(raw, self.client.country)
        if not number:
            raise forms.ValidationError(
                _("This is not a number that can be dialled. Check it with the caller.")
            )
        return number

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("text") or cleaned.get("call_back_on") or cleaned.get("caller_name")):
            self.add_error("text", _("Write what the caller said, or at least who it was."))
        if cleaned.get("call_back_on") and self.client.read_back_required and not cleaned.get("read_back"):
            self.add_error("read_back", _("This client wants numbers read back. Tick this when you have."))
        if cleaned.get("partial") and not cleaned.get("call_back_on"):
            self.add_error("partial", _("An unfinished message needs a number to call back on."))
        return cleaned

    @property
    def said(self) -> dict:
        """The columns of Message that this form fills."""
        columns = [
            "contact",
            "caller_name",
            "caller_firm",
            "call_back_on",
            "read_back",
            "text",
            "also_noted",
            "urgency",
            "partial",
        ]
        return {name: self.cleaned_data.get(name, False) for name in columns} | {
            "call_type": self.chosen_type
        }

    @property
    def answers(self) -> list[Asked]:
        return [Asked(prompt, as_kept(self.cleaned_data.get(name_of(prompt)))) for prompt in self.prompts]


def name_of(prompt: Prompt) -> str:
    return f"prompt_{prompt.pk.hex}"


class CorrectionForm(FreeWords, forms.Form):
    """What may be put right on a message that was sent."""

    contact = forms.ModelChoiceField(
        queryset=Contact.objects.none(), label=_("For"), required=False, empty_label=_("Whoever is there")
    )
    caller_name = forms.CharField(max_length=120, required=False, label=_("Caller’s name"))
    caller_firm = forms.CharField(max_length=120, required=False, label=_("Firm"))
    call_back_on = forms.CharField(max_length=40, required=False, label=_("Call back on"))
    read_back = forms.BooleanField(required=False, label=_("Read back to the caller"))
    text = forms.CharField(max_length=4000, label=_("Message"), widget=forms.Textarea(attrs={"rows": 6}))
    note = forms.CharField(
        max_length=240, label=_("What was wrong"), help_text=_("The client reads this beside the correction.")
    )

    def __init__(self, data=None, *, message: Message):
        super().__init__(
            data, initial={name: getattr(message, name) for name in self.base_fields if name != "note"}
        )
        self.message = message
        self.fields["contact"].queryset = message.client.contacts.filter(is_active=True)
        self.asked = self._questions()
        for name, (prompt, caption, value) in self.asked.items():
            field = forms.CharField(label=caption, required=False, max_length=2000)
            if prompt:
                field = field_of(prompt, required=prompt.required)
            field.initial = value
            self.fields[name] = field
        self.order_fields([name for name in self.fields if name not in ("text", "note")])

    def _questions(self) -> dict:
        """What was asked, and what her call type asks by now: field → (prompt or none, caption, answer)."""
        answers = list(self.message.answers.select_related("prompt"))
        by_prompt = {answer.prompt_id: answer for answer in answers if answer.prompt_id}
        prompts = list(self.message.call_type.prompts.all()) if self.message.call_type else []
        asked = {}
        for prompt in prompts:
            answer = by_prompt.pop(prompt.pk, None)
            asked[name_of(prompt)] = (prompt, prompt.caption, answer.value if answer else "")
        for answer in answers:  # to questions that are asked no more, or of another call type
            if answer.prompt_id is None or answer.prompt_id in by_prompt:
                asked[f"answer_{answer.pk.hex}"] = (None, answer.caption, answer.value)
        return asked

    @property
    def answers(self) -> list[Asked]:
        """The answers as they are to stand in the correction."""
        return [
            Asked(prompt, as_kept(self.cleaned_data.get(name)), caption)
            for name, (prompt, caption, _before) in self.asked.items()
        ]

    @property
    def said(self) -> dict:
        """The columns of the message and the note."""
        return {name: self.cleaned_data[name] for name in self.base_fields}

    clean_call_back_on = MessageForm.clean_call_back_on

    @property
    def client(self):
        return self.message.client


class ReplyForm(FreeWords, forms.Form):
    text = forms.CharField(
        max_length=2000, label=_("Reply to your secretary"), widget=forms.Textarea(attrs={"rows": 3})
    )
