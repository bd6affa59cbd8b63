"""Who may know what a private entry is about. For everybody else it is time that is taken."""

from .models import Diary, Meeting


def may_know(user, meeting: Meeting) -> bool:
    """Whoever arranged it, and whose time it is; of a client's own diary, its owners."""
    if not meeting.private:
        return True
    return user is not None and (meeting.arranged_by_id == user.pk or is_hers(user, meeting.diary))


def is_hers(user, diary: Diary) -> bool:
    """Whether it is this person's own time; the time of the client as a whole is its owners'."""
    return is_time_of(user, diary.contact_id, diary.client_id)


def is_time_of(user, contact_id, client_id) -> bool:
    """The same of a diary of which only this is known."""
    if contact_id:
        return any(contact.pk == contact_id for contact in user.roles.contacts)
    return any(contact.client_id == client_id and contact.is_owner for contact in user.roles.contacts)
