"""Two write in one mail, one after the other: what stands there now never leaves as it stood before."""

import pytest
from django.core import mail as postbox
from django.urls import reverse

from clients.models import Correspondent, CorrespondentAddress, WorkItem
from messages_app.models import MailTemplate, MailThread, OutgoingMail

State = OutgoingMail.State


@pytest.fixture
def begun(mailbox, writes, rui, hers):
    writes("When do you open on Monday?")
    hers.post(reverse("inbox-answer", args=[MailThread.objects.get().pk]))
    return OutgoingMail.objects.get()


@pytest.fixture
def rui(office, okafor):
    return office.secretary("Rui", okafor)


@pytest.fixture
def hers(office, rui):
    """Rui's browser, in which the answer was begun."""
    return office.browser(rui)


def typed(words, revision, **facts):
    usual = {"to": "dana@harlow.example", "subject": "Re: Hours", "words": words, "revision": str(revision)}
    return usual | facts


def keeps(browser, mail, *said, **facts):
    answer = browser.post(reverse("outgoing-draft", args=[mail.pk]), typed(*said, **facts))
    assert answer.status_code == 200
    return answer.json()["revision"]


def sends(browser, mail, *said, **facts):
    return browser.post(reverse("outgoing-send", args=[mail.pk]), typed(*said, **facts))


def takes_over(browser, mail):
    return browser.post(reverse("inbox-answer", args=[mail.thread_id]), {"over": "1"})


def test_what_somebody_took_over_and_rewrote_is_not_sent_as_it_was(office, desk, begun, hers):
    stood = keeps(hers, begun, "We open at eight.", 0)
    takes_over(desk, begun)
    keeps(desk, begun, "We open at nine.", stood)
    refused = sends(hers, begun, "We open at eight. Welcome!", stood)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "It was not sent: Priya has changed this mail since." in page
    assert "We open at nine." in page
    assert "We open at eight. Welcome!" in page
    assert f'data-revision="{stood}"' in page  # so that he is asked which of the two counts
    office.passes(11)
    begun.refresh_from_db()
    assert not postbox.outbox
    assert (begun.state, begun.values["words"]) == (State.DRAFTING, "We open at nine.")


def test_who_writes_now_is_not_sent_past(office, desk, begun, hers):
    stood = keeps(hers, begun, "We open at eight.", 0)
    takes_over(desk, begun)
    refused = sends(hers, begun, "We open at eight. Welcome!", stood)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "It was not sent: Priya has taken it over, and writes just now." in page
    assert 'name="over"' in page
    # What he typed stays on his screen alone: hers is not written over, and he may take it over again.
    assert "We open at eight. Welcome!" in page
    assert f'data-revision="{stood}"' in page
    begun.refresh_from_db()
    assert (begun.values["words"], begun.revision) == ("We open at eight.", stood)
    takes_over(hers, begun)
    assert sends(hers, begun, "We open at eight. Welcome!", stood).status_code == 303
    office.passes(11)
    assert "We open at eight." in postbox.outbox[0].body


def test_what_is_typed_beside_whoever_writes_now_is_kept_by_its_page_alone(desk, begun, hers):
    stood = keeps(hers, begun, "We open at eight.", 0)
    takes_over(desk, begun)
    beside = hers.post(reverse("outgoing-draft", args=[begun.pk]), typed("We open at eight, I say.", stood))
    assert (beside.status_code, beside.json()) == (423, {"writes": "Priya"})
    begun.refresh_from_db()
    assert (begun.values["words"], begun.revision) == ("We open at eight.", stood)
    keeps(desk, begun, "We open at nine.", stood)  # so she is asked nothing about what he typed
    takes_over(hers, begun)
    clash = hers.post(reverse("outgoing-draft", args=[begun.pk]), typed("We open at eight, I say.", stood))
    assert (clash.status_code, clash.json()["fields"]["words"]) == (409, "We open at nine.")


def test_nor_is_it_thrown_away_under_whoever_writes_now(desk, begun, hers):
    keeps(hers, begun, "We open at eight.", 0)
    takes_over(desk, begun)
    page = hers.post(reverse("outgoing-drop", args=[begun.pk]), follow=True).content.decode()
    assert "It was not thrown away: Priya has taken it over, and writes just now." in page
    begun.refresh_from_db()
    assert begun.state == State.DRAFTING
    takes_over(hers, begun)
    hers.post(reverse("outgoing-drop", args=[begun.pk]))
    begun.refresh_from_db()
    assert begun.state == State.DROPPED


def test_nor_is_anybody_added_to_what_another_writes(okafor, desk, begun, hers):
    tom = Correspondent.objects.create(client=okafor.row, name="Tom Harlow")
    CorrespondentAddress.objects.create(
        client=okafor.row, correspondent=tom, kind="email", value="tom@harlow.example"
    )
    takes_over(desk, begun)
    add = reverse("outgoing-add", args=[begun.pk])
    page = hers.post(add, {"person": "Tom Harlow", "into": "to"}, follow=True).content.decode()
    assert "Priya has taken this over and writes just now. Nobody was added." in page
    begun.refresh_from_db()
    assert "tom@harlow.example" not in begun.values["to"]


def test_nor_is_it_put_before_the_client_for_approval(desk, begun, hers, mailbox):
    mailbox.needs_approval = True
    mailbox.save()
    stood = keeps(hers, begun, "We open at eight.", 0)
    takes_over(desk, begun)
    keeps(desk, begun, "We open at nine.", stood)
    assert sends(hers, begun, "We open at eight.", stood).status_code == 422
    assert not WorkItem.objects.open().filter(kind="messages.mail_awaiting").exists()


def test_what_was_sent_meanwhile_takes_nothing_from_whoever_typed_on(office, desk, begun, hers):
    stood = keeps(hers, begun, "We open at eight.", 0)
    takes_over(desk, begun)
    assert sends(desk, begun, "We open at nine.", stood).status_code == 303
    refused = sends(hers, begun, "We open at eight. Welcome!", stood)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "What you typed was not sent" in page
    assert "We open at eight. Welcome!" in page
    assert "We open at nine." in page
    assert sends(desk, begun, "We open at nine.", stood).status_code == 303  # pressed twice
    office.passes(11)
    assert len(postbox.outbox) == 1


def test_who_saved_it_last_sends_it_whatever_her_page_has_heard(office, begun, hers):
    """The answer to what was kept on its way to us was lost."""
    keeps(hers, begun, "We open", 0)
    assert sends(hers, begun, "We open at nine.", 0).status_code == 303
    office.passes(11)
    assert "We open at nine." in postbox.outbox[0].body


def test_a_template_is_not_put_over_what_somebody_else_wrote(desk, begun, hers, okafor):
    template = MailTemplate.objects.create(client=okafor.row, name="Hours", words="Dear Dana,")
    stood = keeps(hers, begun, "We open at eight.", 0)
    takes_over(desk, begun)
    keeps(desk, begun, "We open at nine.", stood)
    fill = reverse("outgoing-fill", args=[begun.pk])
    refused = hers.post(fill, typed("We open at eight. Welcome!", stood, template=template.pk))
    assert refused.status_code == 422
    assert "We open at eight. Welcome!" in refused.content.decode()
    begun.refresh_from_db()
    assert begun.values["words"] == "We open at nine."
    beside = hers.post(fill, typed("We open at eight. Welcome!", begun.revision, template=template.pk))
    assert "Priya has taken it over, and writes just now." in beside.content.decode()
    begun.refresh_from_db()
    assert begun.values["words"] == "We open at nine."
