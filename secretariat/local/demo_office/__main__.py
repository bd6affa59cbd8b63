"""Fills the demo's database and prints, as JSON, who and what is in it. Run by `manage.py demo`."""

import json
import sys

import django

django.setup()

from secretariat.local.demo_office import calendars, filling, telling  # noqa: E402 - models need Django first

filling.fill(empty="--empty" in sys.argv)
if found := calendars.told():
    calendars.connect(port=found[0], password=found[1])
json.dump(telling.everything(), sys.stdout)
