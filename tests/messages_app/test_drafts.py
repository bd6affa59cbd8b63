import json

from django.urls import reverse

from messages_app.models import Draft


def save(desk, call, revision, **values):
    return desk.post(reverse("messages-draft", args=[call.pk]), values | {"revision": str(revision)})


def test_each_save_raises_the_revision(desk, call):
    assert save(desk, call, 0, text="The land").json()["revision"] == 1
    assert save(desk, call, 1, text="The landlord").json()["revision"] == 2
    assert Draft.objects.get(call=call).values == {"text": "The landlord"}


def test_a_stale_save_is_refused_and_shows_what_is_there(desk, call):
    save(desk, call, 0, text="from the first tab")
    answer = save(desk, call, 0, text="from the second tab")
    assert answer.status_code == 409
    assert answer.json() == {"revision": 1, "fields": {"text": "from the first tab"}}


def test_the_same_save_twice_is_no_conflict(desk, call):
    save(desk, call, 0, text="once")
    again = save(desk, call, 0, text="once")
    assert (again.status_code, again.json()["revision"]) == (200, 1)


def test_what_this_browser_sent_before_and_never_heard_of_is_no_conflict(desk, call):
    """It saved the beginning, and its page was loaded anew before the answer came."""
    save(desk, call, 0, text="The land")
    on = save(
        desk,
        call,
        0,
        text="The landlord",
        unheard=[json.dumps({"text": "The"}), json.dumps({"text": "The land"})],
    )
    assert (on.status_code, on.json()["revision"]) == (200, 2)
    assert Draft.objects.get(call=call).values == {"text": "The landlord"}


def test_what_another_wrote_after_it_is_a_conflict_all_the_same(desk, call):
    save(desk, call, 0, text="The land")
    save(desk, call, 1, text="from the second tab")
    for unheard in (json.dumps({"text": "The land"}), "[]", "nonsense", '{"text": 1}'):
        assert save(desk, call, 0, text="The landlord", unheard=unheard).status_code == 409


def test_a_card_number_is_taken_out_and_the_page_told(desk, call):
    answer = save(desk, call, 0, text="4111 1111 1111 1111")
    assert answer.json()["redacted"] == {"text": "[card number not kept, ends 1111]"}


def test_a_reload_shows_the_draft(desk, call):
    save(desk, call, 0, text="The landlord", caller_name="Dana")
    page = desk.get(reverse("messages-form", args=[call.pk])).content.decode()
    assert "The landlord" in page
    assert 'data-revision="1"' in page


def test_a_save_without_a_revision_is_refused(desk, call):
    assert desk.post(reverse("messages-draft", args=[call.pk]), {"text": "x"}).status_code == 400


def test_a_save_that_comes_after_the_message_leaves_nothing_behind(office, desk, call, okafor):
    said = {"contact": str(okafor.owner.pk), "text": "Ring back", "urgency": "1"}
    desk.post(reverse("messages-take", args=[call.pk]), said)
    late = desk.post(reverse("messages-draft", args=[call.pk]), said | {"revision": "3"})
    assert (late.status_code, late.json()["revision"]) == (200, 3)
    assert not Draft.objects.filter(call=call).exists()
