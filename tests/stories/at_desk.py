"""What a secretary does at her desk in a story, by keyboard, and what she sees there."""

from playwright.sync_api import expect


def bar_says(desk, words: str) -> None:
    expect(desk.locator("#callbar")).to_contain_text(words)


def answers(desk, client: str = "Okafor Legal") -> None:
    """By F2, once the client's call rings at her desk."""
    bar_says(desk, f"{client} is ringing")
    desk.keyboard.press("F2")
    bar_says(desk, "On call")
    expect(desk.locator("#message-form")).to_be_visible()


def writes(desk, words: str, caller: str = "Dana Reyes") -> None:
    desk.get_by_label("Caller’s name").fill(caller)
    desk.get_by_label("Message", exact=True).fill(words)


def presses_on(thing, key: str = "Enter") -> None:
    """Press a key on a button or link of the page, as one who came there by Tab."""
    thing.press(key)


def goes_to_where_it_is_done(desk, because: str) -> None:
    """From the list of work, by the item that says why."""
    desk.get_by_role("link", name=because).click()
    desk.get_by_role("link", name="Go to where it is done").click()
