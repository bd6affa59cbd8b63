"""Whoever is taken off a client's team does not get the client back with work she had once done for it."""

import pytest
from django.urls import reverse

from calls import wrap_up
from clients import team
from clients.models import Client, WorkItem
from messages_app.dictated import typing
from messages_app.models import DictatedVersion
from secretariat import clock
from tests.dictating import handed_in

from .test_dictated import asked, says


@pytest.mark.parametrize(("decision", "kind"), [("change", "dictation.change"), ("agree", "dictation.stuck")])
def test_who_typed_it_does_not_with_the_clients_word(office, okafor, priya, desk, decision, kind):
    draft = typing.begin(handed_in(okafor.owner), by=priya.user, at=clock.now())
    asked(desk, draft, "task", words="Order flowers.")
    DictatedVersion.objects.update(kind="message")  # to nobody: that stands against it
    team.end(priya.assignments.get(), by=None, at=clock.now())
    says(office.browser(okafor.owner), draft, decision, words="Say it more kindly.")
    (work,) = WorkItem.objects.open()
    assert (work.kind, work.owner) == (kind, None)
    assert not Client.objects.served_by(priya).exists()
    assert desk.get(reverse("dictated-draft", args=[draft.pk])).status_code == 404


def test_nor_does_who_answered_a_call_that_is_reopened(office, okafor, priya, call):
    wrap_up.close_without_message(call, "sales", by=priya.user, at=clock.now())
    rui = office.browser(office.secretary("Rui", okafor))
    team.end(priya.assignments.get(), by=None, at=clock.now())
    rui.post(reverse("calls-reopen", args=[call.pk]))
    assert WorkItem.objects.open().get(subject_id=call.pk).owner is None
    assert not Client.objects.served_by(priya).exists()
