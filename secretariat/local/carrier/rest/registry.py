"""The operations served, by the name the vendor's description gives them."""

import re
from collections.abc import Callable

OPERATIONS: dict[str, tuple[re.Pattern, Callable]] = {}


def operation(name: str):
    """Register a function for `"POST /Calls/{Sid}.json"`; the path's names become its keyword arguments."""

    def register(perform):
        template = re.escape(name.partition(" ")[2]).replace(r"\{", "{").replace(r"\}", "}")
        pattern = re.sub(r"\{(\w+)\}", lambda found: f"(?P<{found[1]}>[^/]+?)", template)
        OPERATIONS[name] = (re.compile(pattern), perform)
        return perform

    return register
