"""Several addresses in one field, each suggested of the book: `static/js/addressing.js`."""

FORM = """
<input aria-label="To" list="address-book" data-several><input aria-label="One" list="address-book">
<datalist id="address-book"><option value="dana@harlow.example">Dana</option>
<option value="sam@lee.example">Sam</option></datalist>
"""
OFFERED = "[...document.querySelector('datalist').options].map((each) => each.value)"


def test_what_is_suggested_goes_behind_those_that_stand_there(desk):
    desk.open(FORM, "addressing.js")
    to, one = desk.page.get_by_label("To"), desk.page.get_by_label("One")
    to.press_sequentially("dan")
    assert desk.page.evaluate(OFFERED) == ["dana@harlow.example", "sam@lee.example"]
    to.fill("tom@hale.example; Sa")
    assert desk.page.evaluate(OFFERED) == [
        "tom@hale.example; dana@harlow.example",
        "tom@hale.example; sam@lee.example",
    ]
    names = desk.page.evaluate("[...document.querySelector('datalist').options].map((each) => each.label)")
    assert names == ["tom@hale.example; Dana", "tom@hale.example; Sam"]  # a name is sought as an address is
    one.press_sequentially("s")  # where one is meant it is offered as it is
    assert desk.page.evaluate(OFFERED) == ["dana@harlow.example", "sam@lee.example"]
    to.focus()
    assert desk.page.evaluate(OFFERED)[1] == "tom@hale.example; sam@lee.example"
