"""What somebody does with a letter on its page."""

from django.urls import reverse

from messages_app.letters import lettering


def form_of(letter, **changed):
    newest = lettering.newest_of(letter)
    letter.refresh_from_db()
    return {name: getattr(newest, name) for name in lettering.WORDS} | {"version": letter.version} | changed


def does(browser, address, letter, /, **said):
    letter.refresh_from_db()
    answer = browser.post(reverse(address, args=[letter.pk]), {"version": letter.version} | said)
    letter.refresh_from_db()
    return answer


def page(browser, name, letter):
    return browser.get(reverse(name, args=[letter.pk])).content.decode()


def is_whole(desk, letter, **changed):
    body = "The keys are with Priya."
    assert does(desk, "letters-write", letter, **form_of(letter, body=body, **changed)).status_code == 303


def types(desk, letter, **said):
    """What the page posts by itself while somebody types on it."""
    letter.refresh_from_db()
    told = form_of(letter, **said) | {"revision": letter.version}
    return desk.post(reverse("letters-draft", args=[letter.pk]), told)
