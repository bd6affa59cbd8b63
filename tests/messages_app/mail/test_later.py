"""What can wait comes up on its day: to be answered, or, of what machines wrote, to be looked through."""

from django.urls import reverse

from clients.models import WorkItem
from messages_app import work
from messages_app.mail import coming_up, herself
from messages_app.models import Mail, MailRule, MailThread
from secretariat import clock


def open_work():
    return WorkItem.objects.open().filter(kind="messages.correspondence")


def test_what_machines_write_is_for_later_and_comes_up_on_its_day(office, mailbox, desk, writes):
    writes(about="Newsletter", List_Id="<news.harlow.example>")
    thread = MailThread.objects.get()
    assert (thread.verdict, thread.state) == ("later", "open")
    assert not open_work().exists()
    assert "Newsletter" in desk.get(reverse("inbox"), {"show": "later"}).content.decode()
    office.clock_says("2026-11-27 10:30")
    office.passes(60)
    assert not open_work().exists()  # nobody waits for an answer
    assert "Newsletter" not in desk.get(reverse("inbox")).content.decode()
    [to_read] = WorkItem.objects.open().filter(kind=coming_up.TO_READ)
    page = work.describe[to_read.kind](to_read).url
    assert "Newsletter" in desk.get(page).content.decode()
    read = reverse("inbox-looked-through", args=[mailbox.client_id])
    assert read in desk.get(page).content.decode()
    assert desk.post(read).status_code == 303
    thread.refresh_from_db()
    assert (thread.state, thread.done_because) == ("done", "Looked through")
    assert not WorkItem.objects.open().exists()


def test_what_the_client_files_herself_is_to_be_read_no_more(office, mailbox, writes):
    writes(about="Newsletter", List_Id="<news.harlow.example>")
    office.clock_says("2026-11-27 10:30")
    office.passes(60)
    assert WorkItem.objects.open().filter(kind=coming_up.TO_READ).exists()
    herself.took_away(Mail.objects.get(), at=clock.now())
    office.passes(60)
    assert not WorkItem.objects.open().exists()


def test_what_somebody_keeps_for_a_day_comes_up_on_it(office, mailbox, desk, writes):
    writes(about="Lease")
    thread = MailThread.objects.get()
    address = reverse("inbox-verdict", args=[thread.pk])
    for wrong in ("2026-11-24", "2028-01-01", "soon", ""):
        refused = desk.post(address, {"verdict": "later", "on": wrong}, follow=True).content.decode()
        assert "Choose a day" in refused or "no day" in refused or "on which day" in refused
        thread.refresh_from_db()
        assert thread.verdict == "answer"
    for day in (8, 9):  # she thinks again
        desk.post(address, {"verdict": "later", "on": f"2026-12-0{day}"})
    thread.refresh_from_db()
    assert (thread.verdict, f"{thread.promised_at:%Y-%m-%d %H:%M}") == ("later", "2026-12-09 08:00")
    assert not open_work().exists()
    office.clock_says("2026-12-09 09:01")
    office.passes(60)
    assert open_work().count() == 1
    assert "Lease" in desk.get(reverse("inbox")).content.decode()


def test_a_rule_says_after_how_many_days(office, okafor, mailbox, writes):
    MailRule.objects.create(client=okafor.row, verdict="later", sender="harlow.example", later_days=7)
    writes(about="Lease")
    assert f"{MailThread.objects.get().promised_at:%Y-%m-%d}" == "2026-12-01"
