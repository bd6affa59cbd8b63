"""Settings while an image is made: production's, for commands that look at the code and at nothing else.

What production needs is a word that means nothing here; no secret is in an image.
"""

import os

from .environment import Environment

NOTHING = {"DATABASE_URL": "postgres://nobody@nowhere/nothing", "EMAIL_URL": "smtp://nowhere"}
for _name in (*Environment.REQUIRED.split(), "EMAIL_URL"):
    os.environ.setdefault(_name, NOTHING.get(_name, "nothing"))

from .production import *  # noqa: E402 - it reads the environment
