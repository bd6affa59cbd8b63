"""Whose it is: nobody answers what is her own, but for who works alone and administers as well."""

from django.utils.translation import gettext as _

from secretariat.office.models import Secretary, User

from .planning import NotNow


def is_own(user: User, *secretaries: Secretary) -> bool:
    """Whether she is one of these, and somebody else of the firm is there to decide."""
    return any(each.user_id == user.pk for each in secretaries) and not user.roles.admin


def words() -> str:
    return _("Somebody else of the firm answers this: it is your own.")


def refuse(by: User, *secretaries: Secretary) -> None:
    """Raises NotNow where she is one of these."""
    if is_own(by, *secretaries):
        raise NotNow(words())
