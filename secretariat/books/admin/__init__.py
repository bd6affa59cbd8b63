from . import agreements, bills, briefs, pay, supervision

__all__ = ["agreements", "bills", "briefs", "pay", "supervision"]
