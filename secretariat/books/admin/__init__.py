from . import agreements, bills, pay

__all__ = ["agreements", "bills", "pay"]
