"""What a person is to the clients."""

from secretariat.office.roles import fact

from .models import Contact


def _of(user_id):
    return Contact.objects.filter(user=user_id, is_active=True).select_related("client")


@fact("contacts", none=[], follows_from=_of)
def contacts(user, found):
    """The contacts she is: a person may be contact of two clients."""
    for each in found:
        each.user = user
    return found
