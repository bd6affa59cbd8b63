from django import template
from django.template.defaultfilters import floatformat

from secretariat.books.models import digits_of

register = template.Library()


@register.filter
def of_currency(value, currency: str) -> str:
    """An amount with as many places as its currency has."""
    return floatformat(value, digits_of(currency))
