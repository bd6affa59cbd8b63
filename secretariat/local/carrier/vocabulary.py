"""The verbs by name. Each module of `verbs` adds its own when it is imported."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Verb:
    """`run(interpreter, element, document, context)` is a generator; `answers(element)`: does it pick up?"""

    run: Callable[..., Any]
    answers: Callable[[Any], bool]


VERBS: dict[str, Verb] = {}


def verb(name: str, *, answers: bool | Callable[[Any], bool] = True):
    """Register a generator function as the verb `name`."""

    def register(run):
        VERBS[name] = Verb(run, answers if callable(answers) else lambda element: answers)
        return run

    return register
