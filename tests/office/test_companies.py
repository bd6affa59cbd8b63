"""An outsourcing company as a party: it reads and signs what is made through it, and names its own people."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from clients.models import WorkItem
from secretariat import clock
from secretariat.office import inviting, security_rules
from secretariat.office.contracts import agreeing, holding
from secretariat.office.models import Contract, Invitation, Partner, PartnerPerson, Post, User
from secretariat.outbox.models import Effect

from .test_contracts import signed_by_both, written


@pytest.fixture
def helen(office):
    office.clock_says("2026-11-24 10:30")
    return office.supervisor()


@pytest.fixture
def okafor(office, helen):
    return office.client("Okafor Legal")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor, ready=False)


@pytest.fixture
def quay(helen):
    return Partner.objects.create(name="Quay", rules="Lock the door.\nNobody else is in the room.")


@pytest.fixture
def quentin(office, quay):
    user = office.user("quentin@quay.example", "Quentin Quay")
    PartnerPerson.objects.create(partner=quay, user=user)
    return user


@pytest.fixture
def offered(priya, helen, quay, quentin) -> Contract:
    return agreeing.offer(written(priya, helen, partner=quay), by=helen, at=clock.now())


def mails(contract, to) -> list[str]:
    rows = Effect.objects.filter(kind="office.contract", subject_id=contract.pk, payload__to=to.email)
    return [each.payload["subject"] for each in rows.order_by("place")]


def to_do(contract) -> list[str]:
    items = WorkItem.objects.open().filter(kind="office.contract", subject_id=contract.pk)
    return [each.because for each in items]


def typed(contract, name) -> dict:
    return {"name": name, "agreed": "on", "sha256": contract.sha256}


def test_a_contract_through_a_company_is_signed_by_her_the_company_and_the_firm(
    office, priya, helen, quentin, offered
):
    firm, hers, theirs = office.browser(helen), office.browser(priya), office.browser(quentin)
    assert mails(offered, quentin) == ["A contract to sign: Priya"]
    assert "Waits for you" in theirs.get(reverse("partner")).content.decode()
    page = reverse("partner-contract", args=[offered.pk])
    shown = theirs.get(page).content.decode()
    assert "14.50 GBP an hour at work" in shown
    said = hers.post(reverse("my-contract-accept", args=[offered.pk]), typed(offered, "Priya"), follow=True)
    assert "Quay signs next, then the firm" in said.content.decode()
    assert to_do(offered) == ["Priya has signed her contract: Quay signs next"]
    assert "waits for Quay" in firm.get(reverse("contracts")).content.decode()
    assert "Quay signs it too" in firm.get(reverse("contract", args=[offered.pk])).content.decode()
    sign = reverse("contract-sign", args=[offered.pk])
    early = firm.post(sign, typed(offered, "Helen"), follow=True).content.decode()
    assert "Quay has not signed it yet" in early
    assert holding.of(priya, holding.today(priya, clock.now())) is None
    theirs_sign = reverse("partner-contract-sign", args=[offered.pk])
    refused = theirs.post(theirs_sign, {"name": "Quentin Quay", "sha256": offered.sha256})
    assert refused.status_code == 422
    assert "Quentin Quay" in refused.content.decode()  # nothing typed is lost
    assert theirs.post(theirs_sign, typed(offered, "Quentin Quay")).status_code == 303
    assert to_do(offered) == ["Quay has signed the contract of Priya: the firm signs next"]
    assert "already" in theirs.post(theirs_sign, typed(offered, "Again"), follow=True).content.decode()
    assert firm.post(sign, typed(offered, "Helen")).status_code == 303
    assert holding.of(priya, holding.today(priya, clock.now())) == offered
    assert [each.side for each in offered.signings.order_by("pk")] == ["secretary", "partner", "firm"]
    assert mails(offered, quentin)[-1] == "The contract with Priya is signed"
    paper = b"".join(theirs.get(reverse("partner-contract-pdf", args=[offered.pk])).streaming_content)
    assert paper.startswith(b"%PDF")


def test_the_company_may_sign_first_and_a_signature_is_for_the_paper_that_was_offered(
    priya, helen, quentin, offered
):
    signing = {"name": "As typed", "sha256": offered.sha256, "at": clock.now()}
    with pytest.raises(agreeing.NotNow, match="not the paper"):
        agreeing.sign_for_company(offered, by=quentin, **signing | {"sha256": "0" * 64})
    agreeing.sign_for_company(offered, by=quentin, **signing)
    assert to_do(offered) == []  # it is her turn
    agreeing.accept(offered, by=priya.user, **signing)
    assert to_do(offered) == ["Priya has signed her contract: the firm signs next"]
    agreeing.countersign(offered, by=helen, **signing)


def test_the_company_declines_and_says_why_and_reads_nothing_of_what_she_asks(
    office, priya, helen, quentin, offered
):
    hers, theirs = office.browser(priya), office.browser(quentin)
    hers.post(reverse("my-contract-say", args=[offered.pk]), {"words": "May I leave Quay one day?"})
    page = reverse("partner-contract", args=[offered.pk])
    assert "May I leave Quay" not in theirs.get(page).content.decode()
    refuse = reverse("partner-contract-refuse", args=[offered.pk])
    assert theirs.post(refuse, {"because": ""}).status_code == 422
    theirs.post(refuse, {"because": "Our rate is 16"})
    offered.refresh_from_db()
    assert offered.state == "declined"
    assert to_do(offered) == ["Quay does not want the contract of Priya as it is"]
    assert "About your contract" in mails(offered, priya.user)
    assert "Our rate is 16" in hers.get(reverse("my-contract-one", args=[offered.pk])).content.decode()
    assert "Our rate is 16" in theirs.get(page).content.decode()


def test_the_company_hears_that_she_declines_what_it_has_signed(office, priya, quentin, offered):
    facts = {"name": "Quentin Quay", "sha256": offered.sha256, "by": quentin, "at": clock.now()}
    agreeing.sign_for_company(offered, **facts)
    office.browser(priya).post(reverse("my-contract-decline", args=[offered.pk]))
    assert mails(offered, quentin)[-1] == "A contract is declined: Priya"


def test_of_other_contracts_and_of_what_ended_with_hers_the_company_reads_nothing(
    office, okafor, priya, helen, quay, quentin
):
    before = signed_by_both(written(priya, helen, role="Direct and dear"), helen)
    later = written(priya, helen, partner=quay, from_on=clock.now().date().replace(day=30))
    offered = agreeing.offer(later, by=helen, at=clock.now())
    signing = {"name": "As typed", "sha256": offered.sha256, "at": clock.now()}
    agreeing.accept(offered, by=priya.user, **signing)
    agreeing.sign_for_company(offered, by=quentin, **signing)
    agreeing.countersign(offered, by=helen, **signing)
    Contract.objects.filter(pk=offered.pk).update(
        ended_because="Okafor Legal is angry", handed_over=["Off the team of Okafor Legal"]
    )
    theirs = office.browser(quentin)
    shown = theirs.get(reverse("partner-contract", args=[offered.pk])).content.decode()
    assert "Okafor" not in shown
    assert "Direct and dear" not in shown  # an earlier version, without the company
    assert theirs.get(reverse("partner-contract", args=[before.pk])).status_code == 404
    draft = written(priya, helen, partner=quay, from_on=clock.now().date().replace(month=12))
    assert theirs.get(reverse("partner-contract", args=[draft.pk])).status_code == 404
    other = office.user("other@brook.example", "Brook")
    PartnerPerson.objects.create(partner=Partner.objects.create(name="Brook"), user=other)
    assert office.browser(other).get(reverse("partner-contract", args=[offered.pk])).status_code == 404


def test_nobody_signs_her_own_contract_for_the_company(priya, quay, offered):
    PartnerPerson.objects.create(partner=quay, user=priya.user)
    hers = User.objects.get(pk=priya.user.pk)
    with pytest.raises(agreeing.NotNow, match="Somebody else of your company"):
        agreeing.sign_for_company(offered, name="Priya", sha256=offered.sha256, by=hers, at=clock.now())


def test_an_invitation_makes_somebody_of_the_company_in_one_step(office, quay):
    ada = office.user("ada@example.com", "Ada")
    Post.objects.create(user=ada, post=Post.Kind.ADMIN)
    add = reverse("admin:office_invitation_add")
    firm, about = office.browser(ada), {"name": "Quirin", "email": "quirin@quay.example", "gives": "partner"}
    assert "Say of which company" in firm.post(add, about).content.decode()
    assert firm.post(add, about | {"partner": str(quay.pk)}).status_code == 302
    invitation = Invitation.objects.get()
    link = inviting.token(invitation)
    joined = {"name": "Quirin Quay", "password": "correct horse staple", "again": "correct horse staple"}
    assert Browser().post(reverse("join", args=[link]), joined).status_code == 303
    assert PartnerPerson.objects.current().get().user.email == "quirin@quay.example"


def test_a_supervisor_says_nobody_to_be_of_a_company(office, helen, quay):
    about = {"name": "Q", "email": "q@quay.example", "gives": "partner", "partner": str(quay.pk)}
    office.browser(helen).post(reverse("admin:office_invitation_add"), about)
    assert not Invitation.objects.exists()


def test_its_people_name_others_of_theirs_and_take_them_out(office, quay, quentin):
    theirs, page = office.browser(quentin), reverse("partner-people")
    wrong = theirs.post(page, {"name": "Quirin", "email": "nothing"})
    assert wrong.status_code == 422
    assert "Quirin" in wrong.content.decode()
    assert theirs.post(page, {"name": "Quentin", "email": "Quentin@quay.example"}).status_code == 422
    assert theirs.post(page, {"name": "Quirin", "email": "quirin@quay.example"}).status_code == 303
    first = Invitation.objects.get()
    assert "quirin@quay.example" in theirs.get(page).content.decode()
    theirs.post(reverse("partner-again", args=[first.pk]))
    second = Invitation.objects.unanswered().get()
    assert second != first
    theirs.post(reverse("partner-take-back", args=[second.pk]))
    assert not Invitation.objects.unanswered().exists()
    quirin = inviting.invite(
        email="quirin@quay.example", name="Q", gives="partner", by=quentin, at=clock.now(), subject_id=quay.pk
    )
    person = inviting.accept(quirin, at=clock.now(), name="Quirin", password="correct horse staple")
    his = office.browser(person)
    assert his.get(reverse("partner")).status_code == 200
    themselves = reverse("partner-person-out", args=[quentin.pk])
    assert "Somebody else" in theirs.post(themselves, follow=True).content.decode()
    theirs.post(reverse("partner-person-out", args=[person.pk]))
    assert his.get(reverse("partner")).status_code == 404


def test_whoever_is_invited_by_another_company_is_of_that_one_alone(office, quay, quentin):
    brook = Partner.objects.create(name="Brook")
    to = {"email": quentin.email, "name": "Q", "gives": "partner", "subject_id": brook.pk}
    User.objects.filter(pk=quentin.pk).update(last_login=clock.now())
    invitation = inviting.invite(by=None, at=clock.now(), **to)
    inviting.accept(invitation, at=clock.now(), signed_in=User.objects.get(pk=quentin.pk))
    assert [each.partner for each in PartnerPerson.objects.current()] == [brook]


def test_a_long_rule_of_the_company_stands_whole_at_the_start_of_a_shift(
    priya, helen, quay, quentin, offered
):
    long = "Papers of the work are kept in a locked drawer, " * 8 + "and the key is with nobody else."
    Partner.objects.update(rules=long)
    signing = {"name": "As typed", "sha256": offered.sha256, "at": clock.now()}
    agreeing.accept(offered, by=priya.user, **signing)
    agreeing.sign_for_company(offered, by=quentin, **signing)
    agreeing.countersign(offered, by=helen, **signing)
    assert [each.words for each in security_rules.asked_of(priya, at=clock.now())] == [long]
