"""The firm's pages: a list, a search and a page for every row of every model, and nothing to edit in most."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.urls import reverse

from calls.models import Call
from secretariat import media
from secretariat.ledger.models import LedgerEntry
from secretariat.live.models import LiveProcess
from secretariat.office.admin_base import ScopedAdmin
from secretariat.outbox import inbox
from secretariat.outbox.models import Breaker

WRITTEN_BY_THE_PRODUCT = ["outbox", "ledger", "live", "media", "calls", "messages_app"]
WITHOUT_A_PAGE = {
    "ledger.ledgerunsealed": "the sealer's own working list, empty a second later",
}
MODELS = [
    model
    for label in WRITTEN_BY_THE_PRODUCT
    for model in apps.get_app_config(label).get_models()
    if model._meta.label_lower not in WITHOUT_A_PAGE
]


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def helen(office):
    return office.browser(office.supervisor())


@pytest.fixture
def busy(office):
    """An office in which something of every kind has happened."""
    office.clock_says("2026-11-24 10:30")
    okafor = office.client("Okafor Legal")
    priya = office.secretary("Priya", okafor)
    desk = office.browser(priya)
    leg = office.rings(okafor)
    office.answers(priya)
    office.passes(20)
    call = Call.objects.get()
    desk.post(reverse("messages-draft", args=[call.pk]), {"text": "Half", "revision": "0"})
    office.hangs_up(leg)
    said = {
        "contact": str(okafor.owner.pk),
        "caller_name": "Dana Reyes",
        "call_back_on": "+447700900123",
        "text": "Please ring.",
        "urgency": "1",
    }
    assert desk.post(reverse("messages-take", args=[call.pk]), said).status_code == 303
    office.passes(5)
    inbox.keep("nobody", "knows", "this", body=b"a=1")
    media.store(b"RIFF", client_id=okafor.row.pk, kind="voicemail", name="a.wav", content_type="audio/wav")
    Breaker.objects.create(channel="post")
    LiveProcess.objects.create(streams=3)
    call_command("sweep")
    return okafor


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
def test_every_model_has_a_page_that_lists_and_searches(helen, model):
    page = admin.site._registry[model]
    assert isinstance(page, ScopedAdmin)
    assert page.list_display != ("__str__",)
    assert helen.get(address(model, "changelist")).status_code == 200
    assert helen.get(address(model, "changelist"), {"q": "okafor 12"}).status_code == 200


def test_what_happened_can_be_read_and_not_edited(busy, helen):
    seen = set()
    for model in MODELS:
        row = model._default_manager.first()
        if row is None:
            continue
        seen.add(model._meta.label_lower)
        assert helen.get(address(model, "changelist")).status_code == 200, model
        assert helen.get(address(model, "change", row.pk)).status_code == 200, model
        for page, args in (("add", []), ("change", [row.pk]), ("delete", [row.pk])):
            assert helen.post(address(model, page, *args), {"post": "yes"}).status_code == 403, (model, page)
    assert {"outbox.effect", "outbox.inboundevent", "ledger.ledgerentry", "messages_app.message"} <= seen


def test_only_the_firm_opens_them(office, busy):
    owner = office.browser(busy.owner)
    for model in MODELS:
        assert owner.get(address(model, "changelist")).status_code in (302, 403), model


def test_a_look_at_a_message_is_on_record(busy, helen):
    message = apps.get_model("messages_app", "Message").objects.get()
    helen.get(address(type(message), "change", message.pk))
    assert LedgerEntry.objects.filter(
        verb="looked", client_id=busy.row.pk, subject_kind="messages_app.message", subject_id=str(message.pk)
    ).exists()


def test_an_outgoing_item_is_told_in_words_without_what_it_says(busy, helen):
    effect = apps.get_model("outbox", "Effect").objects.get(kind="messages.email")
    shown = helen.get(address(type(effect), "change", effect.pk)).content.decode()
    assert "E-mail to Owner of Okafor Legal" in shown
    assert "Okafor Legal" in helen.get(address(type(effect), "changelist")).content.decode()
    assert "Please ring." not in shown
