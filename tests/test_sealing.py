import base64

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from secretariat import sealing

OLD = "2025:" + base64.b64encode(b"o" * 32).decode()
NEW = "2026:" + base64.b64encode(b"n" * 32).decode()
PLACE = {"table": "inbound_event", "row": 7, "field": "body"}


@given(st.binary(max_size=2000))
def test_what_was_sealed_opens_again(content):
    sealed = sealing.seal(content, **PLACE)
    assert content not in sealed or len(content) < 4
    assert sealing.unseal(sealed, **PLACE) == content


def test_the_same_content_is_never_sealed_alike():
    assert sealing.seal(b"passphrase", **PLACE) != sealing.seal(b"passphrase", **PLACE)


@pytest.mark.parametrize("elsewhere", [{"table": "vault"}, {"row": 8}, {"field": "answer"}])
def test_bytes_moved_to_another_place_do_not_open(elsewhere):
    sealed = sealing.seal(b"passphrase", **PLACE)
    with pytest.raises(sealing.Unsealable):
        sealing.unseal(sealed, **(PLACE | elsewhere))


def test_changed_bytes_do_not_open():
    sealed = bytearray(sealing.seal(b"passphrase", **PLACE))
    sealed[-1] ^= 1
    with pytest.raises(sealing.Unsealable):
        sealing.unseal(bytes(sealed), **PLACE)


def test_an_old_key_opens_what_it_sealed_and_the_newest_seals(settings):
    settings.VAULT_KEYS = [OLD]
    sealed = sealing.seal(b"passphrase", **PLACE)
    settings.VAULT_KEYS = [NEW, OLD]
    assert sealing.unseal(sealed, **PLACE) == b"passphrase"
    assert sealing.key_of(sealed) == "2025"
    assert sealing.key_of(sealing.seal(b"passphrase", **PLACE)) == "2026"


def test_without_its_key_nothing_opens_and_the_key_is_named(settings):
    settings.VAULT_KEYS = [OLD]
    sealed = sealing.seal(b"passphrase", **PLACE)
    settings.VAULT_KEYS = [NEW]
    with pytest.raises(sealing.Unsealable, match="2025"):
        sealing.unseal(sealed, **PLACE)


@pytest.mark.parametrize("written", [[], ["2026"], ["2026:short"], [":" + NEW.partition(":")[2]]])
def test_a_key_that_is_none_is_refused_with_a_sentence(settings, written):
    settings.VAULT_KEYS = written
    with pytest.raises(ImproperlyConfigured, match="VAULT_KEYS"):
        sealing.seal(b"", **PLACE)


@given(st.binary(max_size=40))
def test_rubbish_does_not_open(rubbish):
    with pytest.raises(sealing.Unsealable):
        sealing.unseal(rubbish, **PLACE)
