"""Mails as they should not be: what programs really write, mails made of it at random, and what attacks.

Some are Python's own test mails, where this Python has them; the others are made here.
"""

# ruff: noqa: E501 - mails as they stand

import importlib.resources
import random
import re

# What of a mail's HTML may not be there once it is shown.
RUNS = re.compile(
    r"<(script|iframe|object|embed|svg|math|form|input|button|meta|base|link|style)\b|\son\w+\s*=", re.I
)
HEAD = b"From: Dana Reyes <Dana@Harlow.example>\nTo: office@secretariat.example\nSubject: Lease\n"
DATE = b"Date: Tue, 24 Nov 2026 10:30:00 +0100\n"
TNEF = b"\x78\x9f\x3e\x22\x00\x00\x01\x06\x90\x08\x00\x04\x00\x00\x00\x00\x00\x01\x00\x01\x00\x01\x07"

OURS = [
    HEAD + b"\nWords",
    HEAD + DATE + b"Message-ID: <1@harlow.example>\n\nWhen do you open?\n",
    HEAD
    + b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nOne\n--x\nContent-Type: application/pdf; "
    b'name="a.pdf"\nContent-Transfer-Encoding: base64\n\nJVBERg==\n--x--\n',
    HEAD + b"Content-Type: text/html; charset=iso-8859-1\n\n<p>Gr\xfc\xdfe</p>",
    HEAD + b"Content-Type: multipart/alternative; boundary=x\n\n--x\n\nPlain\n--x\nContent-Type: text/html\n\n"
    b"<table><tr><td>Bold<img src=cid:a@b><img src=https://pixel.example/1.gif></table>\n--x--\n",
    HEAD + b"Content-Type: multipart/related; boundary=r\n\n--r\nContent-Type: text/html\n\n<img src=cid:logo@h>\n--r\n"
    b"Content-Type: image/png; name=logo.png\nContent-ID: <logo@h>\nContent-Transfer-Encoding: base64\n\n"
    b"iVBORw0KGgo=\n--r--\n",
    HEAD + b"Content-Type: multipart/mixed; boundary=w\n\n--w\n\nSee\n--w\nContent-Type: application/ms-tnef; "
    b"name=winmail.dat\n\n" + TNEF + b"\n--w--\n",
    HEAD + b"Content-Type: message/rfc822\n\nSubject: Inner\nContent-Type: multipart/mixed; boundary=i\n\n--i\n"
    b"Content-Type: message/rfc822\n\nSubject: Innermost\n\nWords\n--i--\n",
    HEAD + b"In-Reply-To: <1@harlow.example>\nReferences: <0@harlow.example> <1@harlow.example>\n\n> Words\nYes\n",
    b"From: mailer-daemon@mail.example\nTo: office@secretariat.example\nSubject: Undelivered\nContent-Type: "
    b"multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nNot there\n--b\nContent-Type: "
    b"message/delivery-status\n\nReporting-MTA: dns; mail.example\n\nFinal-Recipient: rfc822; a@b.example\n"
    b"Action: failed\nStatus: 5.1.1\n\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <9@x.example>\n\n--b--\n",
    HEAD + b"Content-Type: multipart/alternative; boundary=c\n\n--c\n\nCome\n--c\nContent-Type: text/calendar; "
    b"method=REQUEST\n\nBEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1@h\n"
    b"DTSTAMP:20261124T100000Z\nDTSTART:20261125T100000Z\nDTEND:20261125T110000Z\nSUMMARY:Lease\n"
    b"ORGANIZER:mailto:dana@harlow.example\nATTENDEE:mailto:ngozi@okafor.example\nEND:VEVENT\nEND:VCALENDAR\n--c--\n",
    HEAD + b"Auto-Submitted: auto-replied\nPrecedence: bulk\nList-Id: <l.example>\nReturn-Path: <>\n\nAway\n",
    HEAD.replace(b"Lease", b"=?windows-31j?b?k/qWew==?= =?utf-8?q?=F0=9F=92=A9?=")
    + b"Content-Type: text/plain; charset=shift_jis\nContent-Transfer-Encoding: 8bit\n\n\x93\xfa\x96\x7b\n",
    HEAD + b"Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\nGr=FC=DFe =\n=3D\n",
    HEAD + b"Content-Type: multipart/signed; boundary=s; protocol=x; micalg=y\n\n--s\n\nSigned\n--s\nContent-Type: "
    b"application/pgp-signature\n\n-----BEGIN PGP SIGNATURE-----\n--s--\n",
]  # fmt: skip

TOKENS = [
    b"boundary=", b"=?utf-8?b?////?=", b"=?x-unknown?q?=zz?=", b"\r\n", b"\n\n", b"--", b"charset=utf-7",
    b"charset=idna", b"Content-Transfer-Encoding: base64\n", b"Content-Transfer-Encoding: x-uuencode\n",
    b"\x00", b"\xff\xfe", b"((((((((", b"<", b">", b'"',
    b"filename*0*=utf-8''%ff", b"filename*=x''", b"name*1=",
    b"Content-Type: multipart/mixed; boundary=x\n\n--x\n", b"Content-Type: message/rfc822\n\n", b"=?", b"?=",
    b"Date: 99 Foo 99999 99:99:99 +9999\n", b"begin 644 x\n", b"@", b";", b":",
    b"Content-Type: text/html\n\n", b"<script>", b"<!--", b"<svg><style>", b"BEGIN:VEVENT\n", b"RRULE:FREQ=SECONDLY\n",
    b"Content-Type: text/calendar; method=REPLY\n\n", b"Content-Type: application/ms-tnef\n\n" + TNEF,
    b"In-Reply-To: <1@harlow.example>\n", b"Message-ID: <1@harlow.example>\n", b"References: " + b"<a@b> " * 60,
    "\u202e\u2028\ufffe\U0001f4a9".encode(), b"\xed\xa0\x80", b"4111 1111 1111 1111",
]  # fmt: skip


def mails() -> list[bytes]:
    try:
        folder = importlib.resources.files("test.test_email") / "data"
        of_python = sorted(each.name for each in folder.iterdir() if each.name.startswith("msg_"))
        return OURS + [(folder / name).read_bytes() for name in of_python]
    except (ModuleNotFoundError, FileNotFoundError):
        return OURS


def altered(raw: bytes, all_of_them: list[bytes], chance: random.Random) -> bytes:
    """This mail with letters changed, taken out, doubled, and pieces of others in it."""
    made = bytearray(raw)
    for _ in range(chance.choice([1, 1, 2, 3, 8, 30])):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(5):
            case 0 if made:
                made[chance.randrange(len(made))] = chance.randrange(256)
            case 1:
                made[at:at] = chance.choice(TOKENS) * chance.choice([1, 1, 10, 60])
            case 2:
                del made[at : at + chance.choice([1, 5, 50])]
            case 3:
                other = chance.choice(all_of_them)
                begins = chance.randrange(len(other) + 1)
                made[at:at] = other[begins : begins + chance.choice([10, 100, 500])]
            case _:
                made[at:at] = made[max(0, at - 200) : at]
    return bytes(made)
