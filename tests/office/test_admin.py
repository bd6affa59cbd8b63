"""What a supervisor may change in the admin, and what only an administrator."""

import pytest
from django.contrib import admin
from django.urls import reverse

from secretariat.office.admin_base import ScopedAdmin
from secretariat.office.models import Firm, Post, User


@pytest.fixture
def helen(office):
    """A supervisor's browser."""
    return office.browser(office.supervisor("Helen"))


@pytest.fixture
def ada(office):
    """An administrator."""
    user = office.user("ada@example.com", "Ada")
    Post.objects.create(user=user, post=Post.Kind.ADMIN)
    return user


def page(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def words_of(user, **changed):
    posts = user.posts.all()
    rows = {"posts-TOTAL_FORMS": len(posts), "posts-INITIAL_FORMS": len(posts)}
    for number, post in enumerate(posts):
        rows |= {
            f"posts-{number}-id": post.pk,
            f"posts-{number}-user": user.pk,
            f"posts-{number}-post": post.post,
            f"posts-{number}-from_at_0": "2026-01-01",
            f"posts-{number}-from_at_1": "09:00",
        }
    return rows | {"name": user.name, "email": user.email, "zone": user.zone, "is_active": "on"} | changed


def test_every_page_keeps_to_our_doors():
    strays = [m._meta.label for m, page in admin.site._registry.items() if not isinstance(page, ScopedAdmin)]
    assert strays == []


def test_a_supervisor_gives_nobody_a_post(office, helen):
    ana = office.user("ana@example.com", "Ana")
    posted = {"user": ana.pk, "post": "admin", "from_at_0": "2026-01-01", "from_at_1": "09:00"}
    assert helen.post(page(Post, "add"), posted).status_code == 403
    smuggled = words_of(ana, **{"posts-TOTAL_FORMS": 1, "posts-0-user": ana.pk, "posts-0-post": "admin"})
    helen.post(page(User, "change", ana.pk), smuggled)
    assert not ana.posts.exists()


def test_a_supervisor_changes_nobody_who_holds_a_post(helen, ada):
    assert helen.get(page(User, "change", ada.pk)).status_code == 200
    answer = helen.post(page(User, "change", ada.pk), words_of(ada, email="helen@elsewhere.example"))
    assert answer.status_code == 403
    ada.refresh_from_db()
    assert ada.email == "ada@example.com"


def test_a_supervisor_changes_other_people(office, helen):
    ana = office.user("ana@example.com", "Ana")
    assert helen.post(page(User, "change", ana.pk), words_of(ana, name="Ana Reyes")).status_code == 302
    ana.refresh_from_db()
    assert ana.name == "Ana Reyes"


def test_an_administrator_changes_all_of_it(office, ada):
    browser = office.browser(ada)
    assert browser.post(page(User, "change", ada.pk), words_of(ada, name="Ada L.")).status_code == 302
    ana = office.user("ana@example.com", "Ana")
    posted = {"user": ana.pk, "post": "supervisor", "from_at_0": "2026-01-01", "from_at_1": "09:00"}
    assert browser.post(page(Post, "add"), posted).status_code == 302
    assert ana.posts.get().post == "supervisor"


def test_the_firm_itself_is_an_administrators(helen, ada, office):
    firm = Firm.current()
    assert helen.post(page(Firm, "change", firm.pk), {"name": "Mine"}).status_code == 403
    firm.refresh_from_db()
    assert firm.name != "Mine"
    assert office.browser(ada).get(page(Firm, "change", firm.pk)).status_code == 200
