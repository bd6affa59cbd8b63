"""A hand that has no mouse: it goes to a thing of the page by Tab or by arrow keys, and sees where it is."""

from playwright.sync_api import expect

LONGEST_WAY = 80  # presses of Tab from anywhere on a page to anywhere else on it

IS_FOCUSED = "thing => thing === document.activeElement"

# What is focused is on the screen, and it, its words, or what holds it, has a line drawn around it: at once,
# or as soon as a page that has just come has been laid out.
SHOWS_FOCUS = """thing => new Promise(answer => {
  const isSeen = () => {
    const around = [thing, thing.nextElementSibling, thing.closest(".segments")].filter(Boolean);
    const outlined = around.some(one => {
      const style = getComputedStyle(one);
      return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    });
    const box = thing.getBoundingClientRect();
    return outlined && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  };
  const until = performance.now() + 5000;
  const look = () => {
    if (isSeen() || !thing.isConnected || performance.now() > until) answer(isSeen());
    else requestAnimationFrame(look);
  };
  look();
})"""


def comes_to(thing, key: str = "Tab") -> None:
    """Press Tab, or another key, until this is focused. Fails where it is never reached, or not seen."""
    expect(thing).to_be_visible()
    for _ in range(LONGEST_WAY):
        if thing.evaluate(IS_FOCUSED):
            break
        thing.page.keyboard.press(key)
    expect(thing).to_be_focused()
    # Once more where its region was drawn anew meanwhile, for then it is another thing.
    assert any(thing.evaluate(SHOWS_FOCUS) for _ in range(2)), f"the focus is not to be seen on {thing}"


def presses(thing, key: str = "Enter") -> None:
    comes_to(thing)
    thing.page.keyboard.press(key)


def types(field, words: str) -> None:
    """Into a field, as its keys go: a date as month, day and year."""
    comes_to(field)
    field.page.keyboard.type(words)


def types_day(field, day) -> None:
    """Its parts in the order of the browser's language, which is American."""
    types(field, f"{day:%m%d%Y}")
    expect(field).to_have_value(day.isoformat())


def picks(select, label: str) -> None:
    """By the first letters of its words, as a list that is not opened takes them."""
    comes_to(select)
    select.page.keyboard.type(label)
    expect(select.locator("option:checked")).to_have_text(label)


def chooses(group, label: str) -> None:
    """One of several by arrow keys: Tab stops at the one that is chosen, or at the first."""
    page, wanted = group.page, group.get_by_label(label, exact=True)
    inside = "group => group.contains(document.activeElement)"
    for _ in range(LONGEST_WAY):
        if group.evaluate(inside):
            break
        page.keyboard.press("Tab")
    if wanted.evaluate(IS_FOCUSED):
        page.keyboard.press("Space")
    comes_to(wanted, "ArrowDown")
    expect(wanted).to_be_checked()
