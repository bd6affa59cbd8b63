"""What a person is to the clients."""

from secretariat.office.roles import fact


@fact("contacts", none=[])
def contacts(user):
    """The contacts she is: a person may be contact of two clients."""
    return list(user.contacts.filter(is_active=True).select_related("client"))
