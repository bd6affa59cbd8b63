"""The directory: who wants to be found is, by what she shows; nothing there leads past the firm."""

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client as Browser
from django.urls import reverse

from clients.models import Client, WorkItem
from secretariat import clock
from secretariat.office.models import (
    Certificate,
    Enquiry,
    FirmRequirement,
    Profile,
    Secretary,
    SecretaryLanguage,
    SecretarySkill,
    Skill,
    Training,
)
from secretariat.outbox.models import Effect

SHOWN = {
    "is_public": "on",
    "public_name": "Priya N.",
    "headline": "Legal secretary",
    "about": "Ten years at solicitors’, on the telephone and at the keyboard.",
    "hours_from": "10",
    "hours_to": "25",
    "shows_skills": "on",
    "shows_languages": "on",
    "shows_hours": "on",
}
ASKED = {"name": "Sam Buyer", "email": "sam@buyer.example", "words": "Mornings", "hours_week": "20"}


@pytest.fixture
def priya(office):
    office.clock_says("2026-11-24 10:30")
    her = office.secretary("Priya", ready=False)
    her.home_number = "+442079460000"
    her.save()
    SecretaryLanguage.objects.get_or_create(secretary=her, language="en-GB", defaults={"level": 7})
    SecretarySkill.objects.create(secretary=her, skill=Skill.objects.create(name="Minutes"))
    return her


def test_only_who_says_so_is_found_and_only_by_what_she_shows(office, priya):
    anybody, hers = Browser(), office.browser(priya)
    assert "Nobody is in the directory yet" in anybody.get(reverse("directory")).content.decode()
    refused = hers.post(reverse("my-profile"), SHOWN | {"about": "Ring +44 20 7946 0000"})
    assert refused.status_code == 422
    assert "+44 20 7946 0000" in refused.content.decode()
    assert hers.post(reverse("my-profile"), SHOWN).status_code == 303
    profile = Profile.objects.get()

    def finds(**query) -> bool:
        return "Priya N." in anybody.get(reverse("directory"), query).content.decode()

    skill = Skill.objects.get()
    assert finds()
    assert finds(language="en")
    assert not finds(language="fr")
    assert finds(skill=skill.pk)
    assert finds(hours="20")
    assert not finds(hours="30")
    page = anybody.get(reverse("directory-profile", args=[profile.pk])).content.decode()
    assert "Ten years at solicitors’" in page
    for private in (priya.home_number, "7946 0000", priya.user.email, str(priya.pk), str(priya.user.pk)):
        assert private not in page
    hers.post(reverse("my-profile"), {name: SHOWN[name] for name in SHOWN if name != "shows_skills"})
    assert finds()
    assert not finds(skill=skill.pk)
    hers.post(reverse("my-profile"), {"public_name": "Priya N."})
    assert not finds()
    assert anybody.get(reverse("directory-profile", args=[profile.pk])).status_code == 404


def test_of_each_language_it_is_clear_how_well_she_speaks_it(office, priya):
    SecretaryLanguage.objects.filter(secretary=priya, language="en-GB").delete()
    SecretaryLanguage.objects.create(secretary=priya, language="de", level=5)
    office.browser(priya).post(reverse("my-profile"), SHOWN)
    page = Browser().get(reverse("directory")).content.decode()
    assert "Legal secretary · English (first language), German (C1)" in page
    listed = office.browser(office.supervisor()).get(reverse("profiles")).content.decode()
    assert {"English (first language)", "German (C1)"} <= set(re.split(r"[<>]|, ", listed))


def test_it_is_searched_by_level_training_and_words_of_what_she_shows(office, priya):
    hers, anybody, helen = office.browser(priya), Browser(), office.supervisor()
    hers.post(reverse("my-profile"), SHOWN | {"works_in": ["figures"], "shows_training": "on"})
    SecretaryLanguage.objects.create(secretary=priya, language="fr", level=4)
    training = Training.objects.create(name="Diploma in law", kind="vocational")
    paper = {"training": training, "issued_by": "Law school", "issued_on": date(2025, 1, 10)}
    checked = {"state": "checked", "checked_by": helen, "checked_at": clock.now()}
    held = Certificate.objects.create(secretary=priya, expires_on=date(2026, 11, 24), **paper, **checked)

    def page(**query) -> str:
        return anybody.get(reverse("directory"), query).content.decode()

    def finds(**query) -> bool:
        return "Priya N." in page(**query)

    listed = page()
    assert "Minutes · Diploma in law" in listed
    assert finds(language="fr", level="4")
    assert not finds(language="fr", level="5")
    assert "Say which language is to be spoken so well." in page(level="5")
    assert finds(training=training.pk)
    for words in ("SOLICITORS", "legal keyboard", "minutes", "diploma", "tables"):
        assert finds(words=words), words
    assert not finds(words="legal plumbing")
    hers.post(reverse("my-profile"), {name: SHOWN[name] for name in SHOWN if name != "shows_skills"})
    assert not finds(words="minutes")  # she shows it no more
    assert not finds(words="diploma")
    hers.post(reverse("my-profile"), SHOWN | {"shows_training": "on"})
    Certificate.objects.filter(pk=held.pk).update(expires_on=date(2026, 11, 23))
    assert not finds(words="diploma")


def test_a_long_directory_goes_on_on_a_next_page(office):
    office.clock_says("2026-11-24 10:30")
    names = [f"{letter}nna {n:02}" for n in range(14) for letter in "aB"]
    for name in names:
        her = office.secretary(name, ready=False)
        Profile.objects.create(secretary=her, is_public=True, public_name=name, hours_to=30)
    anybody, seen = Browser(), []
    address = reverse("directory") + "?hours=20"
    while address:
        page = anybody.get(address).content.decode()
        seen.append(re.findall(r'row-title">([^<]+)<', page))
        further = re.search(r'href="(\?[^"]+)">\s*Next page', page)
        assert further is None or "hours=20" in further[1]  # what was looked for goes along
        address = reverse("directory") + unescape(further[1]) if further else ""
    assert [len(each) for each in seen] == [25, 3]
    assert [name for page in seen for name in page] == sorted(names, key=str.upper)
    spoilt = anybody.get(reverse("directory"), {"after": "nobody"}).content.decode()
    assert spoilt.count("row-title") == 25


def test_whoever_may_not_sign_in_any_more_is_not_found(office, priya):
    office.browser(priya).post(reverse("my-profile"), SHOWN)
    priya.user.is_active = False
    priya.user.save()
    assert "Priya N." not in Browser().get(reverse("directory")).content.decode()


@pytest.mark.parametrize(
    ("zone", "at", "shown"),
    [
        ("Europe/London", "2026-11-24 10:30", False),
        ("Europe/London", "2026-11-25 00:10", True),
        ("Europe/London", "2026-11-25 23:50", True),
        ("Europe/London", "2026-11-26 00:10", False),
        ("Pacific/Auckland", "2026-11-24 11:10", True),
        ("Pacific/Auckland", "2026-11-25 11:10", False),
        ("America/Los_Angeles", "2026-11-25 07:50", False),
        ("America/Los_Angeles", "2026-11-26 07:50", True),
    ],
)
def test_she_is_found_on_the_days_she_works_here_by_the_calendar_where_she_lives(
    office, priya, zone, at, shown
):
    office.browser(priya).post(reverse("my-profile"), SHOWN)
    only = date(2026, 11, 25)
    Secretary.objects.filter(pk=priya.pk).update(zone=zone, engaged_from=only, engaged_until=only)
    office.clock_says(at)
    assert ("Priya N." in Browser().get(reverse("directory")).content.decode()) is shown


def test_an_enquiry_reaches_the_firm_which_suggests_somebody_by_the_name_she_shows(office, priya):
    office.browser(priya).post(reverse("my-profile"), SHOWN)
    profile, helen = Profile.objects.get(), office.supervisor()
    anybody, firm = Browser(), office.browser(helen)
    refused = anybody.post(reverse("directory-ask"), ASKED | {"email": "sam"})
    assert refused.status_code == 422
    assert "Mornings" in refused.content.decode()
    asked = anybody.post(reverse("directory-ask"), ASKED | {"about": str(profile.pk)})
    assert asked.status_code == 302
    enquiry = Enquiry.objects.get()
    assert enquiry.profile == profile
    assert WorkItem.objects.open().get(kind="office.enquiry").subject_id == enquiry.pk
    page = firm.get(reverse("enquiry", args=[enquiry.pk])).content.decode()
    assert "Wants so many hours a week" in page
    suggest = reverse("enquiry-suggest", args=[enquiry.pk])
    assert firm.post(suggest, {"secretary": str(priya.pk)}).status_code == 303
    firm.post(suggest, {"secretary": str(priya.pk)})  # a second click suggests nobody twice
    mails = [each.payload for each in Effect.objects.filter(kind="office.enquiry").order_by("place")]
    assert [each["to"] for each in mails] == ["sam@buyer.example"] * 2
    assert "suggests Priya N." in mails[1]["text"]
    for private in (priya.home_number, priya.user.email):
        assert private not in str(mails)
    assert not WorkItem.objects.open().filter(kind="office.enquiry").exists()


def test_one_address_cannot_fill_the_book_of_enquiries(office, priya):
    anybody = Browser()
    answers = {anybody.post(reverse("directory-ask"), ASKED).status_code for _each in range(22)}
    assert answers == {302, 429}
    assert Enquiry.objects.count() == 20


def test_nobody_is_matched_with_an_enquiry_without_what_the_firm_requires(office, priya):
    helen, training = office.supervisor(), Training.objects.create(name="Data protection", kind="other")
    FirmRequirement.objects.create(training=training)
    Browser().post(reverse("directory-ask"), ASKED)
    page = reverse("enquiry", args=[Enquiry.objects.get().pk])
    firm = office.browser(helen)
    assert "Nobody who works here fits." in firm.get(page).content.decode()
    paper = {"training": training, "issued_by": "Law school", "issued_on": date(2025, 1, 10)}
    checked = {"state": "checked", "checked_by": helen, "checked_at": clock.now()}
    held = Certificate.objects.create(secretary=priya, expires_on=date(2026, 11, 24), **paper, **checked)
    assert "Suggest her" in firm.get(page).content.decode()  # its last day counts
    office.clock_says("2026-11-24 18:00")
    Secretary.objects.filter(pk=priya.pk).update(zone="Pacific/Auckland")
    assert "Suggest her" not in firm.get(page).content.decode()  # there it is over
    Secretary.objects.filter(pk=priya.pk).update(zone="Europe/London")
    assert "Suggest her" in firm.get(page).content.decode()
    Certificate.objects.filter(pk=held.pk).update(expires_on=date(2026, 11, 23))
    assert "Suggest her" not in firm.get(page).content.decode()


def test_nobody_is_suggested_who_does_not_fit_or_by_a_name_she_does_not_show(office, priya):
    firm = office.browser(office.supervisor())
    Browser().post(reverse("directory-ask"), ASKED)
    enquiry = Enquiry.objects.get()
    suggest = reverse("enquiry-suggest", args=[enquiry.pk])

    def suggested() -> str:
        return firm.post(suggest, {"secretary": str(priya.pk)}, follow=True).content.decode()

    training = Training.objects.create(name="Data protection", kind="other")
    needed = FirmRequirement.objects.create(training=training)  # since the page was opened
    assert "Data protection" in suggested()
    needed.delete()
    Secretary.objects.filter(pk=priya.pk).update(engaged_until=date(2026, 11, 23))
    assert "does not work here any more" in suggested()
    assert Enquiry.objects.get().state == "open"
    assert not Effect.objects.filter(kind="office.enquiry", key__contains=":matched:").exists()
    Secretary.objects.filter(pk=priya.pk).update(engaged_until=None)
    suggested()
    mail = Effect.objects.get(kind="office.enquiry", key__contains=":matched:").payload["text"]
    assert "has a secretary for you" in mail
    assert "Priya" not in mail


def test_whoever_is_told_no_is_told_so_in_words_of_the_firm(office, priya):
    firm = office.browser(office.supervisor())
    for name in ("Sam", "Kim"):
        asked = ASKED | {"name": name, "email": f"{name.lower()}@buyer.example"}
        Browser().post(reverse("directory-ask"), asked)
    sam, kim = Enquiry.objects.order_by("asked_at", "pk")
    page = firm.get(reverse("enquiry", args=[sam.pk])).content.decode()
    assert "Dear Sam," in page
    close = reverse("enquiry-close", args=[sam.pk])
    words = "Dear Sam, nobody is free on mornings just now."
    lost = firm.post(close, {"note": "", "tells": "on", "words": words})
    assert lost.status_code == 422
    assert words in lost.content.decode()
    closed = firm.post(close, {"note": "All mornings are taken", "tells": "on", "words": words})
    assert closed.status_code == 303
    firm.post(close, {"note": "Again", "tells": "on", "words": words})
    mail = Effect.objects.get(kind="office.enquiry", key__contains=":closed:").payload
    assert (mail["to"], mail["text"]) == ("sam@buyer.example", words)
    assert words in firm.get(reverse("enquiry", args=[sam.pk])).content.decode()
    assert "All mornings" not in mail["text"]
    silent = reverse("enquiry-close", args=[kim.pk])
    assert firm.post(silent, {"note": "He took it back", "words": ""}).status_code == 303
    assert Effect.objects.filter(kind="office.enquiry", key__contains=":closed:").count() == 1


@pytest.mark.parametrize("suggested", [False, True])
def test_a_client_is_made_of_an_enquiry(office, priya, suggested):
    office.browser(priya).post(reverse("my-profile"), SHOWN)
    firm = office.browser(office.supervisor())
    asked = {"firm": "Buyer & Co", "number": "+44 20 7946 0123", "language": "en"}
    Browser().post(reverse("directory-ask"), ASKED | asked)
    enquiry = Enquiry.objects.get()
    if suggested:
        firm.post(reverse("enquiry-suggest", args=[enquiry.pk]), {"secretary": str(priya.pk)})
    add = f"{reverse('admin:clients_client_add')}?enquiry={enquiry.pk}"
    assert add in firm.get(reverse("enquiry", args=[enquiry.pk])).content.decode()
    form = firm.get(add).context["adminform"].form
    assert form["name"].value() == "Buyer & Co"
    filled = {name: form[name].value() for name in form.fields} | {"zone": "Europe/London"}
    said = {name: "on" if value is True else value for name, value in filled.items()}
    said = {name: value for name, value in said.items() if value is not None and value is not False}
    for inline in firm.get(add).context["inline_admin_formsets"]:
        kept = inline.formset.management_form
        said |= {kept.add_prefix(name): kept[name].value() for name in kept.fields}
    answer = firm.post(add, said)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    client = Client.objects.get(name="Buyer & Co")
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.made_client_id) == ("client", client.pk)
    [owner] = client.contacts.all()
    assert (owner.name, owner.is_owner) == ("Sam Buyer", True)
    ways = {each.kind: each.value for each in owner.addresses.all()}
    assert ways == {"email": "sam@buyer.example", "phone": "+442079460123"}
    assert not WorkItem.objects.open().filter(kind="office.enquiry").exists()
    page = firm.get(reverse("enquiry", args=[enquiry.pk])).content.decode()
    assert reverse("admin:clients_client_change", args=[client.pk]) in page
    said["name"] = "Buyer, once more"
    again = firm.post(add, said, follow=True).content.decode()  # a client, but not of this enquiry
    assert "look whether it is there twice" in again
    enquiry.refresh_from_db()
    assert enquiry.made_client_id == client.pk


@pytest.mark.parametrize("nonsense", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_a_client_of_no_enquiry_is_made_as_ever(office, nonsense):
    firm = office.browser(office.supervisor())
    assert firm.get(f"{reverse('admin:clients_client_add')}?enquiry={nonsense}").status_code == 200
