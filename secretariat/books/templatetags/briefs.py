from django import template

from secretariat.books.views.brief_sides import address

register = template.Library()


@register.simple_tag
def of_side(side, name: str, *args) -> str:
    """The address of this act, or page, of work by proposal on this side."""
    return address(side, name, *args)
