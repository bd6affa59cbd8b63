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
