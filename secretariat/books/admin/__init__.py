from . import agreements, bills, pay, supervision

__all__ = ["agreements", "bills", "pay", "supervision"]
