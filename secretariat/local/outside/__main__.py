"""``python -m secretariat.local.outside --config FILE``: see `configuration` for what the file says."""

import argparse
import asyncio
import json
import sys
from pathlib import Path

import django
from django.conf import settings

from secretariat.local import loopback


def main() -> int:
    loopback.only_if_told()  # by a test that runs this world
    parser = argparse.ArgumentParser(
        prog="secretariat.local.outside", description="The outside world of a demo."
    )
    parser.add_argument("--config", type=Path, required=True, help="JSON file that says who is outside")
    parser.add_argument("--ready-file", type=Path, help="written once everything listens")
    parser.add_argument("--data", type=Path, help="folder that keeps the mail over a restart")
    parser.add_argument("--api-port", type=int, default=0)
    parser.add_argument("--outside-port", type=int, default=0)
    parser.add_argument("--smtp-port", type=int, default=0)
    options = parser.parse_args()

    # The templates' words need settings; this process has no application and no database of its own.
    settings.configure(USE_I18N=True, USE_TZ=True, TIME_ZONE="UTC", LANGUAGE_CODE="en-gb")
    django.setup()
    from . import configuration, server

    try:
        given = configuration.read(json.loads(options.config.read_text(encoding="utf-8")))
    except (OSError, json.JSONDecodeError, configuration.Unreadable) as problem:
        print(f"{options.config}: {problem}", file=sys.stderr)
        return 2
    if options.data:
        options.data.mkdir(parents=True, exist_ok=True)
    ports = server.Ports(options.api_port, options.outside_port, options.smtp_port)
    asyncio.run(server.run(given, ports, options.data, options.ready_file))
    return 0


if __name__ == "__main__":
    sys.exit(main())
