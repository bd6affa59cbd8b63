"""Every trap names tests that exist, and that can fail."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.contracts.traps import TRAPS

TESTS = Path(__file__).parent.parent
NAMED = [(about, each.words, test) for about, traps in TRAPS.items() for each in traps for test in each.tests]


@cache
def functions_of(module: str) -> dict[str, ast.FunctionDef]:
    tree = ast.parse((TESTS / f"{module}.py").read_text())
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("about", "words", "test"), NAMED)
def test_a_trap_has_its_test(about, words, test):
    module, _, name = test.partition("::")
    assert name.startswith("test_")
    assert name in functions_of(module), f"{about}: {words}"
    body = list(ast.walk(functions_of(module)[name]))
    asserts = any(isinstance(node, ast.Assert) for node in body)
    raises = any(isinstance(node, ast.Attribute) and node.attr == "raises" for node in body)
    assert asserts or raises, f"{test} asserts nothing."


def test_no_trap_is_without_a_test():
    assert all(each.tests for traps in TRAPS.values() for each in traps)


def test_no_trap_is_named_twice():
    words = [each.words for traps in TRAPS.values() for each in traps]
    assert len(set(words)) == len(words)
