"""Adapters to the world outside: address, body and key in; receipt out. Whom and why is decided above."""

from .errors import Refused, Silent

__all__ = ["Refused", "Silent"]
