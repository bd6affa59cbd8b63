"""No form of the house writes a payment card number down, whoever types it wherever."""

import importlib
from copy import deepcopy
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from calls.models import Call, PutThrough
from clients.models import Status
from secretariat.office.forms.words import FreeWords, holds_words
from secretariat.office.models import Post

CARD = "4111 1111 1111 1111"
KEPT = "[card number not kept, ends 1111]"
PACKAGES = ("calendar_app", "calls", "clients", "messages_app", "secretariat")


def of_the_house() -> list[type]:
    """Every form class that is written in one of our modules."""
    root = Path(settings.BASE_DIR)
    for package in PACKAGES:
        for path in (root / package).rglob("*.py"):
            name = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
            is_ours = not name.startswith(("secretariat.local", "secretariat.settings"))
            if is_ours and "Form" in path.read_text(encoding="utf-8"):
                importlib.import_module(name)
    found = set(_below(forms.BaseForm))
    return sorted((f for f in found if f.__module__.split(".")[0] in PACKAGES), key=_name)


def _below(kind):
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def _name(form) -> str:
    return f"{form.__module__}.{form.__qualname__}"


def of_the_admin(user):
    """(name, form class) of every page of the admin that she sees, and of the rows inside it."""
    request = RequestFactory().get("/admin/")
    request.user = user
    for model, page in admin.site._registry.items():
        if not model.__module__.startswith(PACKAGES):
            continue
        yield model._meta.label, page.get_form(request, change=True)
        for inline in page.get_inline_instances(request):
            yield f"{model._meta.label}/{inline.model._meta.label}", inline.get_formset(request).form


def guarded(form) -> dict[str, str]:
    """What comes out of each text field of this form into which a card number was typed."""
    bare = form.__new__(form)
    bare.fields = deepcopy(form.base_fields)
    if isinstance(bare, FreeWords):
        bare.guard()
    return {name: str(field.to_python(CARD)) for name, field in bare.fields.items() if holds_words(field)}


@pytest.mark.parametrize("form", of_the_house(), ids=_name)
def test_a_form_keeps_no_card_number_or_says_why_it_keeps_to_the_letter(form):
    as_typed = getattr(form, "as_typed", {})
    assert issubclass(form, FreeWords), "mix FreeWords into it, before Django's"
    assert {name for name, said in guarded(form).items() if CARD in said} == set(as_typed)
    assert all(as_typed.values())


def test_no_page_of_the_admin_keeps_one(office):
    ada = office.user("ada@example.com", "Ada")
    Post.objects.create(user=ada, post=Post.Kind.ADMIN)
    pages = dict(of_the_admin(ada))
    assert len(pages) > 20
    open_ones = {
        f"{page}.{name}"
        for page, form in pages.items()
        for name, said in guarded(form).items()
        if CARD in said and name not in getattr(form, "as_typed", {})
    }
    assert open_ones == set()


def test_where_somebody_is_says_no_card_number(office):
    okafor = office.client("Okafor Legal")
    said = {
        "who": okafor.owner.pk,
        "kind": Status.Kind.choices[0][0],
        "text": f"At the bank with {CARD}",
        "note": CARD,
        "until": "30",
    }
    answer = office.browser(okafor.owner).post(reverse("where-i-am"), said)
    assert answer.status_code in (302, 303), answer.content.decode()
    status = Status.objects.get()
    assert (status.text, status.note) == (f"At the bank with {KEPT}", KEPT)


def test_whoever_is_asked_for_a_caller_is_told_none(office):
    okafor = office.client("Okafor Legal")
    priya = office.secretary("Priya", okafor)
    office.rings(okafor)
    office.answers(priya)
    tunde = office.contact(okafor, "Tunde Adeyemi")
    call = Call.objects.get()
    said = {"person": tunde.pk, "caller_name": f"Dana {CARD}", "why": f"Her card {CARD}"}
    office.browser(priya).post(reverse("calls-ask", args=[call.pk]), said, headers={"HX-Request": "true"})
    put = PutThrough.objects.get()
    assert put.why == f"Her card {KEPT}"
    assert CARD not in put.who
