"""On a page of the desk: when it was opened, for `clients.stretches.keep`."""

from django import template
from django.utils.html import format_html

from clients import stretches

register = template.Library()


@register.simple_tag(takes_context=True)
def opened(context):
    """A hidden field of a form. Nothing for a client, whose own time is not ours."""
    request = context["request"]
    return stretches.field(request) if _is_at_desk(request) else ""


@register.simple_tag(takes_context=True)
def opened_before(context):
    """On what is drawn anew because something happened: the moment stays what it was."""
    request = context["request"]
    if not _is_at_desk(request):
        return ""
    return format_html('hx-vals=\'{{"{}": "{}"}}\'', stretches.FIELD, stretches.began(request))


def _is_at_desk(request) -> bool:
    return bool(request.user.roles.secretary or request.user.roles.firm_wide)
