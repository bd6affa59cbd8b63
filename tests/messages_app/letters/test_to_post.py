"""What waits for the post, over all clients: nothing is left off, and copies stand together."""

from django.urls import reverse

from messages_app.letters import lettering
from messages_app.models import Letter, SerialLetter
from secretariat import clock


def ready(okafor, office, **facts) -> Letter:
    letter = lettering.begin(okafor.row, by=office.priya.user, at=clock.now())
    paper = {"media_id": letter.pk, "sha256": "0" * 64, "pages": 1}
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.READY, **paper, **facts)
    return letter


def test_more_than_a_page_of_letters_are_all_found(office, okafor, desk):
    for _number in range(27):
        ready(okafor, office)
    first = desk.get(reverse("letters-to-post"))
    further = desk.get(reverse("letters-to-post"), {"after": first.context["page"].next})
    shown = [row["letter"].number for page in (first, further) for row in page.context["rows"]]
    assert sorted(shown) == list(range(1, 28))
    assert 'rel="next"' in first.content.decode()
    assert 'rel="next"' not in further.content.decode()


def test_copies_stand_there_as_one_letter_to_many(office, okafor, desk):
    facts = {"subject": "We move", "layout": "uk-dl", "dated_on": clock.now().date()}
    serial = SerialLetter.objects.create(client=okafor.row, written_by=office.priya.user, **facts)
    for _number in range(3):
        ready(okafor, office, serial=serial)
    page = desk.get(reverse("letters-to-post"))
    assert page.context["rows"] == []
    words = page.content.decode()
    assert "We move" in words
    assert "3 copies" in words
    assert reverse("letters-serial", args=[serial.pk]) in words
    assert "Nothing waits for the post" not in words
