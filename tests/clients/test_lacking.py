"""Whatever is required later on: who lacks it is known at once, with the shifts that are planned for her."""

from datetime import date, time

import pytest
from django.contrib import admin
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import connection
from django.forms import inlineformset_factory
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clients import requiring, work
from clients.models import Client, ClientRequirement, WorkItem
from secretariat import clock
from secretariat.office.models import Certificate, FirmRequirement, Post, SecretaryLanguage, Training
from secretariat.office.rota import planning, rules


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor, ready=False)


@pytest.fixture
def maya(office, okafor):
    return office.secretary("Maya", okafor, ready=False)


@pytest.fixture
def helen(office):
    return office.supervisor()


@pytest.fixture
def ada(office):
    user = office.user("ada@example.com", "Ada")
    Post.objects.create(user=user, post=Post.Kind.ADMIN)
    return user


@pytest.fixture
def first_aid():
    return Training.objects.create(name="First aid", kind="other")


def has(secretary, training, by, expires_on=None):
    facts = {"issued_by": "A school", "issued_on": "2026-01-05", "expires_on": expires_on}
    checked = {"state": Certificate.State.CHECKED, "checked_by": by, "checked_at": clock.now()}
    Certificate.objects.create(secretary=secretary, training=training, **facts, **checked)


def planned(secretary, on, by):
    stretch = rules.stretch(on, time(9), time(17), secretary.zone)
    return planning.add(secretary=secretary, stretch=stretch, by=by, at=clock.now())


def to_do(kind) -> list[str]:
    return [each.because for each in WorkItem.objects.open().filter(kind=kind)]


def test_what_the_firm_requires_names_at_once_who_lacks_it_and_her_planned_shifts(
    office, priya, maya, helen, ada, first_aid
):
    has(maya, first_aid, helen)
    planned(priya, date(2026, 11, 26), helen)
    planned(priya, date(2026, 11, 27), helen)
    planned(maya, date(2026, 11, 26), helen)
    firm = office.browser(ada)
    add = reverse("admin:office_firmrequirement_add")
    said = firm.post(add, {"training": str(first_aid.pk), "language": "", "level": ""}, follow=True)
    assert "Without it: Priya." in said.content.decode()
    words = "“First aid” is required from now on. Without it: Priya. Planned shifts of theirs: 2"
    assert to_do("office.required") == [words]
    item = WorkItem.objects.open().get(kind="office.required")
    assert work.describe(item).url == reverse("lacking")
    page = office.browser(helen).get(reverse("lacking")).content.decode()
    assert "Thu 26 Nov 09:00–17:00" in page
    assert "Fri 27 Nov 09:00–17:00" in page
    assert "Maya" not in page
    row = FirmRequirement.objects.get()
    firm.post(reverse("admin:office_firmrequirement_delete", args=[row.pk]), {"post": "yes"})
    assert to_do("office.required") == []
    assert "Nobody lacks anything" in office.browser(helen).get(reverse("lacking")).content.decode()


def test_where_everybody_has_it_nothing_is_to_be_done(office, priya, helen, ada, first_aid):
    has(priya, first_aid, helen)
    add = reverse("admin:office_firmrequirement_add")
    office.browser(ada).post(add, {"training": str(first_aid.pk), "language": "", "level": ""})
    assert FirmRequirement.objects.exists()
    assert to_do("office.required") == []


def test_a_certificate_that_runs_out_before_a_planned_shift_is_shown_with_it(office, priya, helen, first_aid):
    planned(priya, date(2026, 12, 3), helen)
    planned(priya, date(2026, 11, 26), helen)
    has(priya, first_aid, helen, expires_on="2026-11-30")
    FirmRequirement.objects.create(training=first_aid)
    page = office.browser(helen).get(reverse("lacking")).content.decode()
    assert "Thu 3 Dec 09:00–17:00" in page
    assert "Thu 26 Nov 09:00–17:00" not in page


def test_what_a_client_requires_shows_who_of_its_team_lacks_it(office, okafor, priya, maya, helen):
    SecretaryLanguage.objects.create(secretary=maya, language="fr", level=6, how="test")
    planned(priya, date(2026, 11, 26), helen)
    tilda = office.client("Tilda Flowers")
    office.secretary("Tara", tilda, ready=False)
    ClientRequirement.objects.create(client=okafor.row, language="fr", level=5)
    page = office.browser(helen).get(reverse("lacking")).content.decode()
    assert "Required by Okafor Legal" in page
    assert "Priya" in page
    assert "Thu 26 Nov 09:00–17:00" in page
    assert "Maya" not in page
    assert "Tara" not in page


def test_it_asks_as_little_of_many_clients_as_of_one(office, okafor, priya, helen, first_aid):
    def queries() -> int:
        rows = Client.objects.order_by("pk")
        with CaptureQueriesContext(connection) as asked:
            found = requiring.lacking_on_teams(rows, at=clock.now())
        assert len(found) == rows.count()
        return len(asked)

    ClientRequirement.objects.create(client=okafor.row, training=first_aid)
    of_one = queries()
    for name in ("Tilda Flowers", "Lopes Bakery"):
        other = office.client(name)
        office.secretary(f"Who answers for {name}", other, ready=False)
        ClientRequirement.objects.create(client=other.row, training=first_aid)
    assert queries() == of_one


def test_what_the_firm_writes_down_for_a_client_is_said_to_it_as_well(okafor, priya, helen, first_aid):
    """As the admin saves the rows that hang on a client."""
    asked = RequestFactory().post("/")
    asked.user, asked.session = helen, {}
    asked._messages = FallbackStorage(asked)
    of_client = inlineformset_factory(
        Client, ClientRequirement, fields=["training", "language", "level"], extra=1
    )

    def saved(row=None, **facts):
        given = {"requirements-TOTAL_FORMS": "1", "requirements-INITIAL_FORMS": "1" if row else "0"}
        given |= {f"requirements-0-{name}": value for name, value in facts.items()}
        if row:
            given |= {"requirements-0-id": str(row.pk)}
        formset = of_client(given, instance=okafor.row)
        assert formset.is_valid(), formset.errors
        admin.site.get_model_admin(Client).save_formset(asked, None, formset, True)

    saved(training=str(first_aid.pk), language="", level="")
    assert to_do("clients.required") == ["Okafor Legal now requires “First aid”, which Priya lacks"]
    row = ClientRequirement.objects.get()
    saved(row, training=str(first_aid.pk), language="", level="", DELETE="on")
    assert not ClientRequirement.objects.exists()
    assert to_do("clients.required") == []
