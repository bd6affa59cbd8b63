"""The key that notices to browsers are signed with: whole, or not at all."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from secretariat.channels import push
from secretariat.local.keys import Keys
from secretariat.settings.environment import Environment
from secretariat.settings.push import push_settings


def of(**given):
    return push_settings(Environment.read(given))


def test_neither_is_as_good_as_both():
    key = push.new_private_key()
    assert of() == ("", "")
    assert of(VAPID_PRIVATE_KEY=key, VAPID_CONTACT="desk@firm.example") == (key, "desk@firm.example")


@pytest.mark.parametrize("key", ["secret", "A" * 43, "_" * 43, "ü" * 43, "A" * 80])
def test_what_is_no_key_is_said_at_the_start(key):
    with pytest.raises(ImproperlyConfigured, match="make_push_key"):
        of(VAPID_PRIVATE_KEY=key, VAPID_CONTACT="desk@firm.example")


def test_what_is_no_mailbox_is_said_at_the_start():
    with pytest.raises(ImproperlyConfigured, match="VAPID_CONTACT"):
        of(VAPID_PRIVATE_KEY=push.new_private_key(), VAPID_CONTACT="the desk")


@pytest.mark.parametrize("given", ["VAPID_PRIVATE_KEY", "VAPID_CONTACT"])
def test_production_asks_for_the_other_half(given):
    other = ({"VAPID_PRIVATE_KEY", "VAPID_CONTACT"} - {given}).pop()
    with pytest.raises(ImproperlyConfigured, match=other) as missing:
        Environment.read({given: "x"}).require()
    assert given not in str(missing.value)
    with pytest.raises(ImproperlyConfigured) as nothing_else:
        Environment.read({}).require()
    assert "VAPID" not in str(nothing_else.value)


def test_the_command_prints_a_key_that_is_taken(capsys, settings):
    call_command("make_push_key")
    printed, warned = capsys.readouterr()
    name, _, key = printed.strip().partition("=")
    assert (name, of(VAPID_PRIVATE_KEY=key, VAPID_CONTACT="a@b.example")[0]) == ("VAPID_PRIVATE_KEY", key)
    assert "switched on anew" in warned  # there is one already, here
    settings.VAPID_PRIVATE_KEY = ""
    call_command("make_push_key")
    assert capsys.readouterr()[1] == ""


def test_a_demo_keeps_its_key(tmp_path):
    path = tmp_path / "keys.json"
    first = Keys.kept(path)
    assert of(VAPID_PRIVATE_KEY=first.push_key, VAPID_CONTACT="a@b.example")
    assert Keys.kept(path) == first
    written = path.read_text()
    path.write_text(written.replace(f',\n  "push_key": "{first.push_key}"', ""))  # of a release before it
    assert "push_key" not in path.read_text()
    assert Keys.kept(path) == Keys.kept(path)
