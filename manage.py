#!/usr/bin/env python3
"""Every command of the project. Needs Python 3.11 and nothing else: the rest it fetches itself."""

import sys

if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - this line is for whoever runs an older one
        sys.exit("Secretariat needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])  # noqa: UP031
    from secretariat.local import provisioning

    provisioning.provision()
    from secretariat.local import commands

    sys.exit(commands.run(sys.argv))
