"""Which of a domain's records is missing before mail may be sent in its name."""

import base64

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from messages_app.mail.domain_check import Records, State, judge, stands

DOMAIN = "okafor.example"


def key_of(bits):
    public = rsa.generate_private_key(public_exponent=65537, key_size=bits).public_key()
    der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}"


GOOD = key_of(1024)
SPF, DMARC = "v=spf1 include:spf.provider.example ~all", "v=DMARC1; p=none; rua=mailto:x@okafor.example"


def found(spf=(SPF,), dkim=(GOOD,), dmarc=(DMARC,), selectors=("pm",), include="spf.provider.example"):
    records = Records(spf, {"pm": dkim}, dmarc)
    return judge(DOMAIN, records, selectors=selectors, include=include)


def test_a_domain_with_all_three_stands():
    findings = found()
    assert {each.record: each.state for each in findings} == dict.fromkeys(
        ("dkim", "spf", "dmarc"), State.THERE
    )
    assert stands(findings) is True


@pytest.mark.parametrize(
    ("records", "which", "state", "because", "stand"),
    [
        ({"dkim": ()}, "dkim", State.MISSING, "no_key", False),
        ({"dkim": ("google-site-verification=1",)}, "dkim", State.MISSING, "no_key", False),
        ({"dkim": ("v=DKIM1; k=rsa; p=",)}, "dkim", State.WRONG, "revoked", False),
        ({"dkim": ("v=DKIM1; k=rsa; p=AAAA",)}, "dkim", State.WRONG, "no_key_can_be_read", False),
        ({"dkim": ("v=DKIM1; k=rsa; p=not base64 é",)}, "dkim", State.WRONG, "no_key_can_be_read", False),
        ({"dkim": None}, "dkim", State.SILENT, "", None),
        ({"selectors": ()}, "dkim", State.MISSING, "no_selector", False),
        ({"spf": ()}, "spf", State.MISSING, "none", True),
        ({"spf": ("google-site-verification=1",)}, "spf", State.MISSING, "none", True),
        ({"spf": (SPF, SPF)}, "spf", State.WRONG, "two", True),
        ({"spf": ("v=spf1 +all",)}, "spf", State.WRONG, "everybody", True),
        ({"spf": ("v=spf1 include:other.example -all",)}, "spf", State.WRONG, "not_named", True),
        (
            {"spf": ("v=spf1 " + " ".join(f"include:{n}.example" for n in range(11)) + " ~all",)},
            *("spf", State.WRONG, "too_many", True),
        ),
        ({"spf": ("v=spf1 mx ~all",), "include": ""}, "spf", State.THERE, "", True),
        ({"spf": None}, "spf", State.SILENT, "", True),
        ({"dmarc": ()}, "dmarc", State.MISSING, "none", True),
        ({"dmarc": (DMARC, DMARC)}, "dmarc", State.WRONG, "two", True),
        ({"dmarc": ("v=DMARC1; rua=mailto:x@y.example",)}, "dmarc", State.WRONG, "no_policy", True),
        ({"dmarc": ("v=DMARC10; p=none",)}, "dmarc", State.MISSING, "none", True),
        ({"dmarc": None}, "dmarc", State.SILENT, "", True),
    ],
)
def test_each_gap_is_named_and_only_the_key_stops_us(records, which, state, because, stand):
    findings = found(**records)
    its = next(each for each in findings if each.record == which)
    assert (its.state, its.because) == (state, because)
    assert its.stops == (stand is False)
    assert stands(findings) is stand
    assert all(each.state == State.THERE for each in findings if each.record != which)


def test_a_key_too_short_to_be_believed_is_wrong():
    short = found(dkim=(SHORT,))
    assert (short[0].state, short[0].because) == (State.WRONG, "too_short")


# 512 bits: made once, for no library makes them any more.
SHORT = (
    "v=DKIM1; k=rsa; p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKZ1dW8mCyuwH8zmGzJ1zQmVbM4u1Yp1gJ0WcL0c2n0Pj9mM"
    "Yk1eV1rQ5oXcVn0mJ5K9jY0kGm6m8f5J1m0r3Z0CAwEAAQ=="
)
