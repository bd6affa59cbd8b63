"""Fills the demo's database and prints, as JSON, who and what is in it. Run by `manage.py demo`."""

import json
import sys

import django

django.setup()

from secretariat.local.demo_office import filling, telling  # noqa: E402 - models need Django first

filling.fill(empty="--empty" in sys.argv)
json.dump(telling.everything(), sys.stdout)
