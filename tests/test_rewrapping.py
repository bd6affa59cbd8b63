"""The firm's keys can be changed: nothing is lost on the way, whenever the way is broken off."""

import ast
import base64
from pathlib import Path

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.management import CommandError, call_command

from secretariat import media, sealing
from secretariat.media import storing
from secretariat.media.models import MediaFile
from secretariat.outbox import inbox
from secretariat.outbox.models import InboundEvent
from secretariat.rewrapping import places, turning

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent


def key(name):
    return f"{name}:" + base64.b64encode(name.encode() * 8).decode()


OLD, NEW = key("2025"), key("2026")


@pytest.fixture
def kept(office, settings):
    """Something sealed in every place there is, under the old key; tells whether all of it opens."""
    settings.VAULT_KEYS = [OLD]
    user = office.supervisor()
    event, _ = inbox.keep("twilio", "sms", "SM1", body=b"Body=hello")
    file = media.store(
        b"audio" * 50000, client_id=None, kind="voicemail", name="a.mp3", content_type="audio/mpeg"
    )
    app = Authenticator.objects.create(user=user, type="totp", data={"secret": get_adapter().encrypt("TOTP")})
    codes = Authenticator.objects.create(
        user=user, type="recovery_codes", data={"seed": get_adapter().encrypt("SEED"), "used_mask": 3}
    )

    def opens():
        assert InboundEvent.objects.get(pk=event.pk).body == b"Body=hello"
        assert b"".join(storing.read(MediaFile.objects.get(pk=file.pk))) == b"audio" * 50000
        assert get_adapter().decrypt(Authenticator.objects.get(pk=app.pk).data["secret"]) == "TOTP"
        assert get_adapter().decrypt(Authenticator.objects.get(pk=codes.pk).data["seed"]) == "SEED"
        assert Authenticator.objects.get(pk=codes.pk).data["used_mask"] == 3
        return True

    return opens


def test_a_new_key_first_then_rewrap_then_the_old_one_may_go(kept, settings, capsys):
    settings.VAULT_KEYS = [NEW, OLD]
    assert kept()
    call_command("rewrap")
    assert (
        "Everything is under '2026'. These may be taken out of VAULT_KEYS: 2025." in capsys.readouterr().out
    )
    settings.VAULT_KEYS = [NEW]
    assert kept()
    call_command("rewrap")
    assert "1 sealed anew" not in capsys.readouterr().out


def test_only_the_keys_are_sealed_anew(kept, settings):
    before = bytes(InboundEvent.objects.get().sealed_body)
    settings.VAULT_KEYS = [NEW, OLD]
    call_command("rewrap")
    after = bytes(InboundEvent.objects.get().sealed_body)
    content = len(b"Body=hello") + 12 + 16
    assert after[-content:] == before[-content:]
    assert after[:-content] != before[:-content]


def test_broken_off_half_way_it_goes_on_where_it_was(kept, settings, monkeypatch, capsys):
    for number in range(5):
        inbox.keep("twilio", "sms", f"more {number}", body=b"Body=more")
    settings.VAULT_KEYS = [NEW, OLD]
    monkeypatch.setattr(turning, "MANY", 2)
    rewrapped, done = sealing.rewrapped, []

    def killed(*args, **place):
        if len(done) == 3:
            raise KeyboardInterrupt
        done.append(args)
        return rewrapped(*args, **place)

    with monkeypatch.context() as half_way:
        half_way.setattr(sealing, "rewrapped", killed)
        with pytest.raises(KeyboardInterrupt):
            call_command("rewrap")
    assert kept()
    capsys.readouterr()
    call_command("rewrap")
    assert "outbox_inboundevent.sealed_body: 3 sealed anew, 0 remain." in capsys.readouterr().out
    settings.VAULT_KEYS = [NEW]
    assert kept()


def test_while_a_key_is_missing_the_rest_is_done_and_the_key_is_named(kept, settings, capsys):
    settings.VAULT_KEYS = [NEW]
    inbox.keep("twilio", "sms", "new", body=b"Body=new")
    with pytest.raises(CommandError) as refused:
        call_command("rewrap")
    assert "1 of media_file.sealed_key need the key '2025', which is not in VAULT_KEYS." in str(refused.value)
    assert "2 of mfa_authenticator.data need the key '2025'" in str(refused.value)
    settings.VAULT_KEYS = [NEW, OLD]
    call_command("rewrap")
    settings.VAULT_KEYS = [NEW]
    assert kept()


def test_what_was_changed_is_named_and_left_as_it_is(kept, settings):
    event = InboundEvent.objects.get()
    spoilt = bytearray(event.sealed_body)
    spoilt[30] ^= 1
    InboundEvent.objects.update(sealed_body=bytes(spoilt))
    settings.VAULT_KEYS = [NEW, OLD]
    with pytest.raises(CommandError, match=f"do not open: {event.pk}"):
        call_command("rewrap")
    assert bytes(InboundEvent.objects.get().sealed_body) == bytes(spoilt)


def test_what_is_emptied_meanwhile_stays_empty(kept, settings, monkeypatch):
    settings.VAULT_KEYS = [NEW, OLD]
    column = next(each for each in places.columns() if each.model is InboundEvent)
    rewrapped = sealing.rewrapped

    def emptied(*args, **place):
        InboundEvent.objects.update(sealed_body=b"")
        return rewrapped(*args, **place)

    monkeypatch.setattr(sealing, "rewrapped", emptied)
    assert turning.rewrap(column).done == 0
    assert bytes(InboundEvent.objects.get().sealed_body) == b""


def test_what_an_earlier_release_sealed_opens_and_is_sealed_anew(settings):
    settings.VAULT_KEYS = [NEW, OLD]
    place = {"table": "inbound_event", "row": 7, "field": "body"}
    firms = base64.b64decode(OLD.partition(":")[2])
    nonce = b"n" * 12
    earlier = b"\x042025" + nonce + AESGCM(firms).encrypt(nonce, b"hello", b"inbound_event|7|body|2025")
    assert sealing.key_of(earlier) == "2025"
    assert sealing.unseal(earlier, **place) == b"hello"
    anew = sealing.rewrapped(earlier, **place)
    settings.VAULT_KEYS = [NEW]
    assert sealing.unseal(anew, **place) == b"hello"
    assert sealing.rewrapped(anew, **place) is None


def test_every_place_that_seals_is_known_to_the_command():
    sealing_here = {
        path.parent.relative_to(ROOT)
        for folder in ("secretariat", "clients", "calls", "messages_app", "calendar_app")
        for path in (ROOT / folder).rglob("*.py")
        if any(
            isinstance(node, ast.Call) and ast.unparse(node.func) == "sealing.seal"
            for node in ast.walk(ast.parse(path.read_text()))
        )
        and path.parent.name != "ledger"  # it seals a chain, not content
    }
    told = {path.parent.relative_to(ROOT) for path in ROOT.rglob("*/sealed.py")}
    assert {folder for folder in sealing_here if not told & {folder, *folder.parents}} == set()
    assert len(places.columns()) == len(sealing_here) == 7
