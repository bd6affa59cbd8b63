"""Whether a machine of ours may answer (RFC 3834)."""

from datetime import UTC, datetime, timedelta

import pytest

from messages_app.mail.automatic import AGAIN_AFTER, Came, headers, why_not

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
OURS = ["ngozi@okafor.example", "office@firm.example"]
TO_US = ("Ngozi@okafor.example",)


def came(sender="dana@harlow.example", **facts):
    return Came(sender, **({"named": TO_US} | facts))


@pytest.mark.parametrize(
    ("mail", "because"),
    [
        (came(), ""),
        (came(headers={"auto-submitted": "no"}), ""),
        (came(headers={"auto-submitted": " No ; comment"}), ""),
        (came(headers={"precedence": "first-class"}), ""),
        (came(headers={"x-auto-response-suppress": "None"}), ""),
        (came(sender="norma.reply@harlow.example"), ""),
        (came(sender="downer@harlow.example"), ""),
        (came(envelope_sender="dana@harlow.example"), ""),
        (came(answered_at=AT - AGAIN_AFTER), ""),
        (came(sender=""), "no_author"),
        (came(sender="MAILER-DAEMON"), "no_author"),
        (came(sender="Office@firm.example"), "ourselves"),
        (came(headers={"auto-submitted": "auto-replied"}), "a_machine"),
        (came(headers={"auto-submitted": "Auto-Generated; x=y"}), "a_machine"),
        (came(headers={"auto-submitted": "auto-notified"}), "a_machine"),
        (came(content_type="multipart/report"), "a_report"),
        (came(headers={"x-failed-recipients": "x@y.example"}), "a_report"),
        (came(envelope_sender=""), "nowhere_to_answer"),
        (came(headers={"return-path": " <> "}), "nowhere_to_answer"),
        (came(headers={"list-id": "<x.example>"}), "a_list"),
        (came(headers={"list-unsubscribe": "<https://x.example>"}), "a_list"),
        (came(headers={"x-loop": "us"}), "a_list"),
        (came(headers={"precedence": "Bulk"}), "to_many"),
        (came(headers={"precedence": "auto_reply"}), "to_many"),
        (came(headers={"x-auto-response-suppress": "DR, OOF"}), "asked_not_to"),
        (came(headers={"x-auto-response-suppress": "All"}), "asked_not_to"),
        (came(sender="mailer-daemon@harlow.example"), "nobody_reads"),
        (came(sender="orders.no-reply@harlow.example"), "nobody_reads"),
        (came(sender="noreply@harlow.example"), "nobody_reads"),
        (came(sender="news-bounces@harlow.example"), "nobody_reads"),
        (came(sender="owner-list@harlow.example"), "nobody_reads"),
        (came(is_spam=True), "spam"),
        (came(named=()), "not_to_us"),
        (came(named=("list@harlow.example",)), "not_to_us"),
        (came(answered_at=AT - timedelta(hours=23)), "lately"),
    ],
)
def test_whatever_speaks_against_it_means_silence(mail, because):
    assert why_not(mail, ours=OURS, at=AT) == because


@pytest.mark.parametrize("answering", [True, False])
def test_what_we_write_by_machine_no_machine_of_ours_would_answer(answering):
    ours = {name.lower(): value for name, value in headers(answering=answering).items()}
    assert why_not(came(headers=ours), ours=OURS, at=AT) == "a_machine"
