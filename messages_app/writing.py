"""What stands in the message form before, while and after it is typed."""

from clients import numbers
from clients.models import CallType

from . import drafts
from .forms.message import MessageForm, name_of


def call_types(call) -> list[CallType]:
    """The client's call types in her order."""
    if not hasattr(call, "call_types_of_client"):  # asked for by the form, its chips and its beginning
        types = CallType.objects.filter(client=call.client_id, is_active=True)
        call.call_types_of_client = list(types.prefetch_related("prompts"))
    return call.call_types_of_client


def form_of(call, values, *, people=None) -> MessageForm:
    """The form with these values in it, of which nothing is kept."""
    call_type = _named(call_types(call), values.get("call_type")) or _default(call_types(call))
    return MessageForm(None, call=call, call_type=call_type, people=people, initial=values)


def form_for(call, *, draft=None, data=None, chosen=None, told=None, people=None) -> MessageForm:
    """The form of this call: with the posted `data`, else the draft, else what the call itself knows.

    `chosen` is a call type to change to; what was typed moves along. `told` is what the client told us: for
    somebody who is away, whoever stands in is there to begin with. `people`: whom it may be for.
    """
    types = call_types(call)
    draft = draft or drafts.of(call)
    values = data if data is not None else (draft.values or beginning(call, told, people))
    call_type = chosen or _named(types, values.get("call_type")) or _default(types)
    if chosen:
        values = carry_over(dict(values.items()), types, chosen)
    if data is not None and not chosen:
        return MessageForm(data, call=call, call_type=call_type, people=people)
    values = {**dict(values.items()), "call_type": str(call_type.pk) if call_type else ""}
    return MessageForm(None, call=call, call_type=call_type, people=people, initial=values)


def beginning(call, told=None, people=None) -> dict[str, str]:
    """What is filled in when the call is answered: the caller as we know her, and who the message is for."""
    people = list(call.client.contacts.filter(is_active=True)[:1]) if people is None else people
    first = next(iter(people), None)
    call_type = _named(call_types(call), call.call_type_id) or _default(call_types(call))
    stand_in = told.stand_in_of(first.pk) if first and told else None
    return {
        "contact": str(stand_in.contact_id if stand_in else first.pk) if first else "",
        "caller_name": call.caller_name,
        "caller_firm": call.caller_firm,
        "call_back_on": numbers.spaced(call.caller_number) if call_back_known(call) else "",
        "urgency": str(call_type.urgency if call_type else 1),
        "call_type": str(call_type.pk) if call_type else "",
    }


def call_back_known(call) -> bool:
    """Caller ID is worth filling in: not withheld, and not the client's own forwarded line."""
    own = {call.line.number, call.line.forwarded_from}
    return bool(call.caller_number) and call.caller_number not in own


def carry_over(values: dict[str, str], types: list[CallType], chosen: CallType) -> dict[str, str]:
    """The values under another call type: an answer goes to the prompt of the same caption, or is noted."""
    captions = {name_of(prompt): prompt.caption for each in types for prompt in each.prompts.all()}
    places = {prompt.caption: name_of(prompt) for prompt in chosen.prompts.all()}
    kept = {name: value for name, value in values.items() if name not in captions}
    noted = [kept["also_noted"]] if kept.get("also_noted") else []
    for name, value in values.items():
        if name not in captions or not value:
            continue
        if place := places.get(captions[name]):
            kept[place] = value
        elif (line := f"{captions[name]}: {value}") not in "\n".join(noted).splitlines():
            noted.append(line)
    if noted:
        kept["also_noted"] = "\n".join(noted)
    return kept


def _named(types, key):
    return next((each for each in types if str(each.pk) == str(key)), None)


def _default(types):
    return next((each for each in types if each.is_default), types[0] if types else None)
