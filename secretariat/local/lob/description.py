"""What Lob's published description allows, from `lob.json`: facts of it, and no wording."""

import json
import re
from datetime import datetime
from pathlib import Path

SPEC = json.loads(Path(__file__).with_name("lob.json").read_text(encoding="utf-8"))


def amiss(told: dict, schema: dict) -> list[str]:
    """What in these fields the description does not allow; empty: it is all it asks for, and no more."""
    wrong = [f"{name} is missing" for name in schema["required"] if name not in told]
    wrong += [f"{name} is not known" for name in told if name not in schema["properties"]]
    if "one_of" in schema and not set(schema["one_of"]) & set(told):
        wrong.append(f"one of {', '.join(schema['one_of'])} is missing")
    for name, rule in schema["properties"].items():
        if name in told and not _allows(rule, told[name]):
            wrong.append(f"{name} is not allowed to be {str(told[name])[:60]!r}")
    return wrong


def address(to: dict) -> dict:
    """The rules for this address."""
    return SPEC["address_us" if to.get("address_country") == "US" else "address_intl"]


def _allows(rule: dict, value) -> bool:
    if "pairs" in rule:
        return len(value) <= 20 and all(len(name) <= 40 and len(it) <= 500 for name, it in value.items())
    if "date_time" in rule:
        try:
            return datetime.fromisoformat(value).utcoffset() is not None
        except ValueError:
            return False
    return (
        ("pattern" not in rule or re.match(rule["pattern"], value) is not None)
        and len(value) <= rule.get("maxLength", len(value))
        and ("enum" not in rule or value in rule["enum"])
        and ("boolean" not in rule or value in ("true", "false"))
    )
