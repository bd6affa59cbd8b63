import pytest

from secretariat.outbox import effects


def test_a_kind_that_lacks_a_method_is_refused_when_it_is_written(provider):
    with pytest.raises(TypeError, match="ask, describe, settled"):

        @effects.effect("test.half")
        class Half:
            def may_send(self, effect): ...

            def send(self, effect): ...


def test_two_classes_cannot_look_after_one_kind(provider):
    class Whole:
        may_send = send = ask = describe = settled = lambda self, effect: None

    class Other(Whole):
        pass

    effects.effect("test.whole")(Whole)
    effects.effect("test.whole")(Whole)
    with pytest.raises(ValueError, match="two classes"):
        effects.effect("test.whole")(Other)


def test_a_kind_cannot_write_down_what_its_base_said_it_would_not(provider):
    """Else it would never be told, and nobody would notice."""

    class Silent:
        channel, settles_at = "", ()
        may_send = send = ask = describe = settled = lambda self, effect: None

    with pytest.raises(TypeError, match="settles_at"):

        @effects.effect("test.forgetful")
        class Forgetful(Silent):
            def settled(self, effect): ...

    @effects.effect("test.whole")
    class Whole(Silent):
        settles_at = ("done",)

        def settled(self, effect): ...

    assert effects.settles("test.whole", "done")
    assert not effects.settles("test.whole", "leased")
    assert effects.quiet("leased") == ["test.note", "test.whole"]
