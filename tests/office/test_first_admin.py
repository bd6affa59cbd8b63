"""An office with nobody in it: one command lets the first person in."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client as Browser

from secretariat.office.models import Post, User


@pytest.fixture
def command(db, capsys):
    def run(*words) -> str:
        call_command("first_admin", *words)
        return re.search(r"http://\S+", capsys.readouterr().out)[0]

    return run


def test_the_link_makes_an_administrator_and_the_next_one_is_refused(command):
    link = command("helen@example.com", "--name", "Helen Marsh")
    browser = Browser()
    assert "Helen Marsh" in browser.get(link).content.decode()
    said = {"name": "Helen Marsh", "password": "a lantern by the sea", "again": "a lantern by the sea"}
    browser.post(link, said, follow=True)
    helen = User.objects.get(email="helen@example.com")
    assert helen.roles.firm_wide
    assert Post.objects.get(user=helen).post == Post.Kind.ADMIN
    with pytest.raises(CommandError, match="an administrator already"):
        command("somebody@example.com")


def test_a_lost_link_is_replaced_and_the_first_one_opens_no_more(command):
    first, second = command("helen@example.com"), command("helen@example.com")
    assert first != second
    assert 'name="password"' not in Browser().get(first).content.decode()
    assert 'name="password"' in Browser().get(second).content.decode()
