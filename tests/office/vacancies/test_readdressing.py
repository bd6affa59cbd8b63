"""A question to a referee comes back: the firm and she who applies see it, either puts the address right."""

import base64

import pytest
from django.test import Client as Browser
from django.urls import reverse

from clients.models import WorkItem
from secretariat import clock
from secretariat.office.models import Referee
from secretariat.office.vacancies import referring
from secretariat.outbox import inbox
from secretariat.outbox.models import Effect
from tests.messages_app.mail import provider_events as events
from tests.messages_app.test_consent import REPORT

from .test_applying import link_of
from .test_references import SAYS, application, asks, link, mails, page_of, shown  # noqa: F401  fixtures

SHOWN = {"Authorization": "Basic " + base64.b64encode(b"outside:secret").decode()}
OTHER = "m.holm@school.example"


@pytest.fixture(autouse=True)
def keys(settings):
    settings.ANYMAIL = {**settings.ANYMAIL, "WEBHOOK_SECRET": ["outside:secret"]}


@pytest.fixture
def holm(office, application, helen):  # noqa: F811
    asks(office, helen, application)
    office.settle()
    return Referee.objects.get(place=2)


def sent_to(referee) -> Effect:
    return Effect.objects.filter(kind="office.reference", subject_id=referee.pk).latest("place")


def bounces(office, effect, address):
    path, body, kind, headers = events.postmark(events.GONE, effect.receipt, address)
    answer = Browser().generic("POST", path, body, content_type=kind, headers=SHOWN | headers)
    assert answer.status_code == 200
    office.settle()


def waits() -> list[str]:
    return list(WorkItem.objects.open().filter(kind="office.reference").values_list("because", flat=True))


def to_nora() -> list[str]:
    found = Effect.objects.filter(kind="office.application", key__contains=":unreached:")
    return [each.payload["subject"] for each in found]


def readdresses(office, helen, referee, email):
    address = reverse("applicant-referee", args=[referee.application_id, referee.pk])
    return office.browser(helen).post(address, {"email": email}, follow=True)


def test_a_bounce_is_seen_by_the_firm_and_by_her_and_nobody_is_reminded(office, application, helen, holm):  # noqa: F811
    bounces(office, sent_to(holm), holm.email)
    page = shown(office, helen, application)
    assert "Our mail did not arrive there." in page
    assert "Not reached" in page
    assert waits() == ["The mail to Ms Holm about Nora Quist came back."]
    assert to_nora() == ["We could not reach Ms Holm"]
    hers = Browser().get(link_of(application)).content.decode()
    assert "Our mail to Ms Holm at holm@school.example did not arrive." in hers
    assert "brill@notary.example" not in hers
    bounces(office, sent_to(holm), holm.email)  # told once more
    assert len(waits()) == len(to_nora()) == 1
    office.is_later(8 * 24 * 3600)
    assert mails("reminded") == ["brill@notary.example"]


def test_a_mail_servers_own_report_counts_for_the_address_that_was_written_to(office, holm):
    receipt = sent_to(holm).receipt.encode()
    for address, failed in ((b"brill@notary.example", False), (holm.email.encode(), True)):
        raw = REPORT.replace(b"<key@office.example>", receipt).replace(b"Ada@Example.com", address)
        inbox.keep("anymail", "report", address.decode(), body=raw)
        office.settle()
        assert Referee.objects.get(pk=holm.pk).mail_failed is failed


def test_the_firm_puts_the_address_right_and_asks_and_the_old_link_is_dead(office, application, helen, holm):  # noqa: F811
    astray, first = page_of(holm), sent_to(holm)
    bounces(office, first, holm.email)
    for wrong in ("holm", holm.email, "BRILL@notary.example", "nora@quist.example"):
        refused = readdresses(office, helen, holm, wrong)
        assert refused.status_code == 422, wrong
        assert f'value="{wrong}"' in refused.content.decode()
    assert readdresses(office, helen, holm, OTHER).status_code == 200
    holm.refresh_from_db()
    assert (holm.email, holm.mail_failed, holm.asked_by) == (OTHER, False, helen)
    assert mails("asked")[-1] == OTHER
    assert waits() == []
    assert Browser().get(astray).status_code == 404
    assert "Our mail did not arrive there." not in shown(office, helen, application)
    office.settle()
    bounces(office, first, "holm@school.example")  # late, of the address before
    assert not Referee.objects.get(pk=holm.pk).mail_failed
    assert Browser().post(page_of(holm), SAYS).status_code == 302
    late = readdresses(office, helen, holm, "third@school.example").content.decode()
    assert "Ms Holm has answered meanwhile." in late
    assert Referee.objects.get(pk=holm.pk).email == OTHER


def test_what_still_waits_for_the_old_address_does_not_go_there(office, application, helen):  # noqa: F811
    referring.ask(application, by=helen, at=clock.now())
    holm = Referee.objects.get(place=2)
    readdresses(office, helen, holm, OTHER)
    office.settle()
    sent = Effect.objects.filter(kind="office.reference", subject_id=holm.pk).order_by("place")
    assert [(each.payload["to"], each.state) for each in sent] == [
        ("holm@school.example", Effect.State.CANCELLED),
        (OTHER, Effect.State.DONE),
    ]


def test_she_puts_it_right_herself_and_the_firm_asks_there(office, application, helen, holm):  # noqa: F811
    astray, brill = page_of(holm), Referee.objects.get(place=1)
    bounces(office, sent_to(holm), holm.email)
    nora, hers = Browser(), link_of(application)
    refused = nora.post(f"{hers}references/{holm.pk}/", {"email": "m.holm"})
    assert refused.status_code == 422
    assert 'value="m.holm"' in refused.content.decode()
    arrived = nora.post(f"{hers}references/{brill.pk}/", {"email": "other@notary.example"})
    assert arrived.status_code == 404  # whoever was reached is left alone
    assert nora.post(f"{hers}references/{holm.pk}/", {"email": OTHER}).status_code == 302
    assert waits() == ["Nora Quist has put the address of Ms Holm right: ask again."]
    assert Browser().get(astray).status_code == 404
    assert OTHER not in mails("asked")
    assert "Ask 1 person" in shown(office, helen, application)
    asks(office, helen, application)
    assert OTHER in mails("asked")
    assert waits() == []
