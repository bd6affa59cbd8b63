"""The message slip in practice: the desk's own form, and the practice keeps what it would have sent."""

from datetime import datetime
from types import SimpleNamespace

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.models import Practice
from messages_app import writing
from messages_app.forms.message import MessageForm
from messages_app.forms.no_message import NoMessageForm
from messages_app.models import Message
from secretariat.office.models import User

from .played import PlayedCall, Type, named, to_begin_with

NOT_TYPED = {"csrfmiddlewaretoken", "next", "revision", "unheard", "change_to"}


class NamedField(forms.ChoiceField):
    """Somebody at the client, by name."""

    empty_label = gettext_lazy("Whoever is there")


class SlipForm(MessageForm):
    """Its people and types of call are those of the copy."""

    contact = NamedField(label=gettext_lazy("For"), required=False)
    call_type = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, call: PlayedCall, call_type: Type | None = None, **kwargs):
        super().__init__(data, call=call, call_type=call_type, people=list(call.client.contacts), **kwargs)
        nobody = ("", NamedField.empty_label)
        choices = [nobody, *((each.pk, each.name) for each in self.people)]
        self.fields["contact"].choices = choices  # type: ignore[attr-defined]

    @property
    def taken(self) -> dict:
        """The columns of a practice. What has none of its own stands among what was asked."""
        said = self.cleaned_data
        answers = [[each.prompt.caption, each.value] for each in self.answers]
        also = {
            "caller_firm": said["caller_firm"],
            "also_noted": said["also_noted"],
            "read_back": _("Yes") if said["read_back"] else "",
            "urgency": Message.Urgency.TODAY.label if said["urgency"] == Message.Urgency.TODAY else "",
            "partial": _("Yes") if said.get("partial") else "",
        }
        answers += [[str(self.fields[name].label), str(value)] for name, value in also.items() if value]
        return {
            "contact": said["contact"],
            "call_type": self.chosen_type.name if self.chosen_type else "",
            "caller_name": said["caller_name"],
            "call_back_on": said["call_back_on"],
            "text": said["text"],
            "is_urgent": said["urgency"] == Message.Urgency.URGENT,
            "answers": answers,
        }


def draft_of(practice: Practice) -> SimpleNamespace:
    kept = practice.draft or {"revision": 0, "values": {}}
    saved_at = datetime.fromisoformat(kept["saved_at"]) if kept["revision"] else None
    return SimpleNamespace(revision=kept["revision"], saved_at=saved_at, values=kept["values"])


def form_for(call: PlayedCall, *, data=None, change_to: str = "") -> SlipForm:
    """With what was posted, else what is kept, else as it begins; `change_to`: under another type of call."""
    types = call.client.call_types
    values = dict(data.items()) if data is not None else draft_of(call.practice).values or _beginning(call)
    chosen = named(types, change_to)
    call_type = chosen or named(types, values.get("call_type", "")) or to_begin_with(types)
    if data is not None and not change_to:
        return SlipForm(data, call=call, call_type=call_type)
    if chosen:
        values = writing.carry_over(values, types, chosen)  # type: ignore[arg-type]
    values = values | {"call_type": str(call_type.pk) if call_type else ""}
    return SlipForm(call=call, call_type=call_type, initial=values)


def _beginning(call: PlayedCall) -> dict[str, str]:
    first = next(iter(call.client.contacts), None)
    chosen = to_begin_with(call.client.call_types)
    return {"contact": first.pk if first else "", "urgency": str(chosen.urgency if chosen else 1)}


def shown(form: SlipForm, values: dict[str, str]) -> list[list[str]]:
    """What she has typed, in words, for whoever looks on."""
    about = [[_("About"), form.chosen_type.name]] if form.chosen_type else []
    words = {name: values.get(name, "") for name in form.fields if name != "call_type"}
    if words["urgency"].isdecimal():
        label = dict(Message.Urgency.choices).get(int(words["urgency"]), "")
        words["urgency"] = str(label)
    for name in ("read_back", "partial"):
        words[name] = _("Yes") if words.get(name) else ""
    return about + [[str(form.fields[name].label), said] for name, said in words.items() if said]


def region(
    call: PlayedCall, reader: User, *, form: SlipForm | NoMessageForm | None = None, here: str
) -> tuple[str, dict]:
    """(template, context) of the slip, or of what she has written."""
    practice = call.practice
    if practice.written_at is not None:
        return "overview/practice/_written.html", {"practice": practice, "client": call.client}
    form = form or form_for(call)
    none = isinstance(form, NoMessageForm)
    return "messages_app/_message_form.html", {
        "call": call,
        "client": call.client,
        "form": form,
        "draft": draft_of(practice),
        "call_types": call.client.call_types,
        "happens": [] if none else happens(practice),
        "no_message": form if none else None,
        "here": here,
    }


def happens(practice: Practice) -> list[str]:
    return [_("Practice: nothing is sent. %(name)s reads it.") % {"name": practice.by.name}]
