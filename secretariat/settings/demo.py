"""Settings of a demo on one computer: everything private to it, nothing leaves it."""

from .base import *

INSTALLED_APPS += ["secretariat.local"]
CLOCK_MAY_SHIFT = True
