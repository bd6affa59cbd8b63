"""An outsourcing company that signs what is made through it, where a test is about something else."""

from secretariat.office.contracts import agreeing
from secretariat.office.models import Contract, PartnerPerson, User


def somebody_of(company) -> User:
    """Somebody of the company who signs in; the same each time."""
    user, _new = User.objects.get_or_create(email="signs@company.example", defaults={"name": "Quentin Quay"})
    if not PartnerPerson.objects.current().filter(user=user, partner=company).exists():
        PartnerPerson.objects.create(partner=company, user=user)
    return User.objects.get(pk=user.pk)  # whose roles nobody has looked up yet


def signs_where_needed(contract: Contract, *, at) -> None:
    if contract.partner_id:
        by = somebody_of(contract.partner)
        agreeing.sign_for_company(contract, name="Quentin Quay", sha256=contract.sha256, by=by, at=at)
