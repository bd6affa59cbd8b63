from .week import ConfirmedTime, Correction, Week

__all__ = ["ConfirmedTime", "Correction", "Week"]
