"""The account's REST interface."""

from .router import answer

__all__ = ["answer"]
