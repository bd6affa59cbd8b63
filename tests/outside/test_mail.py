"""Mail that arrives: kept before it is accepted, shown as words only."""

import smtplib
from email.message import EmailMessage

from secretariat.local.outside.client import Outside

from .conftest import Process, configuration


def letter(to="ngozi@okafor.example", *, text="Dana Reyes rang.", html=""):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "desk@lantern.example", to, "Message from Dana Reyes"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def send(process, message):
    with smtplib.SMTP("127.0.0.1", process.ready["smtp_port"]) as connection:
        connection.send_message(message)


def test_mail_is_found_by_its_address_newest_first(process, outside):
    send(process, letter(text="First."))
    send(process, letter(text="Second: https://desk.example/m/7Qf2."))
    send(process, letter(to="clerk@harlow.example"))
    mails = outside.mail("Ngozi@okafor.example")
    assert [mail["text"] for mail in mails] == ["Second: https://desk.example/m/7Qf2.", "First."]
    assert mails[0]["links"] == ["https://desk.example/m/7Qf2"]
    assert len(outside.mail()) == 3


def test_the_words_of_an_html_mail_are_read_without_its_markup(process, outside):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.com", "b@example.com", "Hello"
    message.set_content(
        "<style>p{color:red}</style><p>Dana <b>rang</b>.</p><script>alert(1)</script>"
        '<a href="https://desk.example/m/1">Open</a><a href="javascript:alert(2)">No</a>',
        subtype="html",
    )
    send(process, message)
    [mail] = outside.mail("b@example.com")
    assert mail["text"] == "Dana rang.\nOpenNo"
    assert mail["links"] == ["https://desk.example/m/1"]


def test_mail_stays_over_a_restart(tmp_path, office):
    with Process(configuration(office.url), tmp_path) as first:
        send(first, letter())
    with (tmp_path / "data" / "mail.jsonl").open("a") as file:
        file.write('\n{"number": 2, "rece')  # killed while it wrote, so before it accepted
    with Process(configuration(office.url), tmp_path) as second:
        world = Outside(second.ready["outside_url"])
        assert [mail["text"] for mail in world.mail()] == ["Dana Reyes rang."]
        send(second, letter(text="After."))
        assert [mail["number"] for mail in world.mail()] == [2, 1]
