"""Calls in words, for the templates."""

from django import template
from django.contrib.humanize.templatetags.humanize import ordinal
from django.urls import reverse
from django.utils.translation import gettext as _

from calls import guidance, telling

register = template.Library()


@register.simple_tag
def call_url(name: str, call) -> str:
    """Where something is done with a call, or with an offer of one; a played call has its own place."""
    if getattr(call, "is_played", False):
        return call.address_of(name)
    return reverse(name, args=[getattr(call, "call_id", None) or call.pk])


@register.filter
def nth_call(call) -> str:
    """How many times she has called: "3rd call"; nothing where the number is withheld."""
    if not call.caller_number:
        return ""
    if call.nth_call == 1:
        return _("first call")
    return _("%(nth)s call") % {"nth": ordinal(call.nth_call)}


@register.filter
def whereabouts_of(whereabouts: dict, person):
    """Where this person at the client says she is, if she said so."""
    return whereabouts.get(person.pk)


@register.filter
def outcome_words(call) -> str:
    """What became of the call, or what is going on."""
    return telling.outcome(call)


@register.filter
def phrase_kept(call) -> str:
    """The words the caller was answered with, as they stood when it rang."""
    return guidance.phrase_of(call)


@register.filter
def same_as(one, other) -> bool:
    """Whether these two ids are the same."""
    return one == other
