"""The matrix must turn red when a door is taken off, or it proves nothing."""

import pytest
from django.apps import apps

from clients.models import ContactAddress

from .cells import CELLS
from .matrix import undone
from .test_matrix import assert_tells_nothing_of
from .world import FORMER, MEMBER, OTHER_CONTACT, OWNER, STRANGER, TEAM

pytestmark = pytest.mark.slow

FOREIGN_TO_A = (OTHER_CONTACT, STRANGER, FORMER)

# Doors behind which no page would give more away, each with its reason. They are held by what they open.
SECOND_WALL = {
    "ClientOwnedQuerySet": "pages ask for the rows of a client they found through the client's own door",
    "ContactQuerySet": "likewise",
    "StatusQuerySet": "the portal narrows them to the people at the client",
    "DeskQuerySet": "shown on the client's card, behind the client's door, and in the admin",
    "OwnRowsQuerySet": "pages narrow them to the secretary herself",
    "BankDetailsQuerySet": "pages narrow them to the secretary herself, or to her company",
    "SecretaryQuerySet": "shown in the admin alone",
    "OfSecretaryQuerySet": "shown in the admin alone",
    "SuppressionQuerySet": "shown to the firm alone, and beside people found through their own door",
    "StatementQuerySet": "pages narrow them to the secretary herself",
    "OfStatementQuerySet": "pages ask for those of a statement found through its own door",
    "ContractQuerySet": "pages narrow them to the secretary herself, or to her company",
    "OfContractQuerySet": "pages ask for those of a contract found through its own door",
    "ContractWordQuerySet": "likewise",
    "GuestLinkQuerySet": "shown in the admin alone",
    "IncidentQuerySet": "shown in the admin alone",
    "SkillQuerySet": "shown in the admin alone",
    "PostQuerySet": "shown in the admin alone",
    "UserQuerySet": "shown in the admin alone",
    "FirmQuerySet": "shown in the admin alone",
    "OfFirmQuerySet": "shown in the admin alone",
    "BulletinReadingQuerySet": "pages ask for her own readings, and the admin for all",
    "OfContactQuerySet": "pages ask for those of a person found through her own door",
    "AddressCheckQuerySet": "a code is typed by the person herself, for the contact she is",
    "DeviceQuerySet": "pages narrow them to the contact herself",
    "PlannedShiftQuerySet": "pages narrow them to the secretary herself, or to those that nobody has",
    "DictatedVersionQuerySet": "pages ask for those of a draft found through its own door",
    "DictationLineQuerySet": "the firm's own numbers, which whoever dictates is told",
    "DataCopyQuerySet": "the portal narrows them to the client she owns; the firm has a page of its own",
    "ClientTermsQuerySet": "her page asks for those of her teams, and she accepts what waits for her",
    "TermsAcceptanceQuerySet": "shown in the admin alone",
    "LapseQuerySet": "pages of the firm alone, of whoever reported it, and of the client that was told",
    "OfLapseQuerySet": "a page of the firm alone asks for those of a lapse found through its own door",
    "SecurityRuleQuerySet": "shown in the admin alone",
    "HalfTypedQuerySet": "pages ask for what she has typed into a form of theirs",
    "BriefQuerySet": "each side narrows them: to the client she speaks for, to those before her, to the firm",
    "OfBriefQuerySet": "pages ask for those of a brief found through its own door",
    "OfSecretaryAndClientQuerySet": "each side narrows them: to the client she speaks for, or to herself",
    "BriefInvitation.Rows": "likewise",
    "ProposedPart.Rows": "pages ask for those of a proposal found through its own door",
    "ClosingNote.Rows": "likewise; that neither side reads the other's is told in tests/books/briefs",
    "BriefCharge.Rows": "pages ask for those of a brief found through its own door",
    "AgreementQuerySet": "the portal narrows them to the client she speaks for",
    "OfAgreementQuerySet": "pages ask for those of an agreement found through its own door",
    "InvitationQuerySet": "the portal asks for those of a person found by her own door, a company its own",
    "ApplicationQuerySet": "pages of the firm alone, and of whoever applied: by her link, or as herself",
    "ServiceSuspensionQuerySet": "asked for by a client found through its own door",
}
# Doors that may show the same to everybody who works here.
NO_SECRETS = {"SkillQuerySet", "FirmQuerySet", "DictationLineQuerySet", "SecurityRuleQuerySet"}


def doors() -> dict[str, tuple[type, list]]:
    """Every class that defines a `visible_to` of its own, with the models it guards."""
    found = {}
    for model in apps.get_models():
        manager = getattr(model, "objects", None)
        guard = (
            next((c for c in type(manager.all()).__mro__ if "visible_to" in vars(c)), None)
            if manager
            else None
        )
        if guard:
            found.setdefault(guard.__qualname__, (guard, []))[1].append(model)
    return found


def leaking_page(world, models) -> str:
    """The first cell in which somebody gets what she may not have; an empty string if there is none.

    Cells whose address names a row of these models come first: behind their door most leaks are found.
    """
    for cell in sorted(CELLS, key=lambda cell: not names_one_of(world, cell, models)):
        for actor in {*FOREIGN_TO_A, MEMBER, OWNER} - cell.allowed:
            with undone():
                if cell.before:
                    cell.before(world, TEAM)
                answer = cell.sent_by(world, actor, world.a, cell.address(world.a))
                try:
                    assert answer.status_code == cell.expected(actor)
                    assert_tells_nothing_of(world.a, answer, actor)
                except AssertionError:
                    return f"{cell} by {actor}"
    return ""


def names_one_of(world, cell, models) -> bool:
    rows = (getattr(world.a, arg) for arg in cell.args)
    return any(isinstance(getattr(row, "row", row), tuple(models)) for row in rows)


def leaking_row(world, models) -> str:
    """The first row of client A, or of somebody else, that a door opens to people of client B."""
    for model in models:
        rows = model._base_manager.all()
        fields = {field.name for field in model._meta.get_fields()}
        if "client" in fields:
            theirs = set(rows.filter(client=world.a.client.row).values_list("pk", flat=True))
        elif "client_id" in fields:
            theirs = set(rows.filter(client_id=world.a.client.row.pk).values_list("pk", flat=True))
        elif "secretary" in fields:
            theirs = set(rows.filter(secretary=world.priya).values_list("pk", flat=True))
            if not theirs:  # then what is nobody's of theirs, such as an application of somebody unknown
                strangers = [world.people[actor] for actor in FOREIGN_TO_A]
                theirs = set(rows.exclude(secretary__user__in=strangers).values_list("pk", flat=True))
        elif "application" in fields:  # the firm's alone, whoever applies
            theirs = set(rows.values_list("pk", flat=True))
        elif "asked_by" in fields:
            theirs = set(rows.filter(asked_by=world.priya).values_list("pk", flat=True))
        elif "lapse" in fields:
            theirs = set(rows.filter(lapse__client=world.a.client.row).values_list("pk", flat=True))
        elif "contract" in fields:
            theirs = set(rows.filter(contract__secretary=world.priya).values_list("pk", flat=True))
        elif "address" in fields:
            listed = ContactAddress.objects.filter(client=world.a.client.row).values("value")
            theirs = set(rows.filter(address__in=listed).values_list("pk", flat=True))
        elif "user" in fields:
            strangers = [world.people[actor] for actor in FOREIGN_TO_A]
            theirs = set(rows.exclude(user__in=strangers).values_list("pk", flat=True))
        else:
            theirs = {row.pk for row in (world.a.client.row, world.priya, world.priya.user)}
        for actor in FOREIGN_TO_A:
            seen = set(model.objects.visible_to(world.people[actor]).values_list("pk", flat=True))
            if seen & theirs:
                return f"{model.__name__} by {actor}"
    return ""


@pytest.mark.parametrize("name", sorted(set(doors()) - set(SECOND_WALL)))
def test_without_this_door_the_matrix_turns_red(world, name, monkeypatch):
    """With all doors in place none leaks: `test_matrix.test_those_who_may_not`."""
    guard, models = doors()[name]
    monkeypatch.setattr(guard, "visible_to", lambda rows, user: rows.all())
    assert leaking_page(world, models)


@pytest.mark.parametrize("name", sorted(doors()))
def test_a_door_opens_to_nobody_else(world, name, monkeypatch):
    guard, models = doors()[name]
    assert leaking_row(world, models) == ""
    if name not in NO_SECRETS:
        monkeypatch.setattr(guard, "visible_to", lambda rows, user: rows.all())
        assert leaking_row(world, models)


def test_every_door_with_a_second_wall_is_there():
    assert set(SECOND_WALL) <= set(doors())
