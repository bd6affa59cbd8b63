"""What a request may say: the table's names, values and shapes, so that a slip of the pen is refused."""

from urllib.parse import urlsplit

from .answering import RestError

INVALID_PARAMETER = 20001
BAD_CALLBACK = 21609


class Parameters:
    """The parameters of one request. A name given several times is a list."""

    def __init__(self, pairs: list[tuple[str, str]], table: dict[str, dict]):
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            known = table.get(name)
            if known is None:
                raise RestError(400, INVALID_PARAMETER, f"There is no parameter {name} here.")
            _check(name, value, known)
            if name in self._values and not known.get("list"):
                raise RestError(400, INVALID_PARAMETER, f"{name} is given more than once.")
            self._values.setdefault(name, []).append(value)
        for name, known in table.items():
            if known.get("required") and not self.text(name):
                raise RestError(400, INVALID_PARAMETER, f"{name} is required.")

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str, default: str = "") -> str:
        return self._values.get(name, [default])[0]

    def words(self, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        return tuple(self._values.get(name, default))

    def truth(self, name: str, default: bool = False) -> bool:
        return self.text(name, str(default)).lower() == "true"

    def number(self, name: str, default: int) -> int:
        return int(self.text(name, str(default)))

    def as_dict(self) -> dict[str, str]:
        return {name: values[0] for name, values in self._values.items()}


def _check(name: str, value: str, known: dict) -> None:
    if "enum" in known and value not in known["enum"]:
        raise RestError(400, INVALID_PARAMETER, f"{name} cannot be {value!r}.")
    if known.get("type") == "boolean" and value.lower() not in ("true", "false"):
        raise RestError(400, INVALID_PARAMETER, f"{name} is true or false, not {value!r}.")
    if known.get("type") == "integer" and not value.lstrip("-").isdigit():
        raise RestError(400, INVALID_PARAMETER, f"{name} is a whole number, not {value!r}.")
    if "Callback" in name and value.startswith("http") and "_" in (urlsplit(value).hostname or ""):
        raise RestError(400, BAD_CALLBACK, f"{name} has an underscore in its host name.")
