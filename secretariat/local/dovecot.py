"""A mail server elsewhere: Dovecot on this computer, where it is installed. Standard library only.

Each user name has a mailbox of its own and opens it with the same password. Nothing is asked of it but IMAP.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .ports import free_port

PASSWORD = "right"
STARTING_SECONDS = 30
STOPPING_SECONDS = 20
CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
{tokens}passdb {{
  driver = static
  mechanisms = plain
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
namespace inbox {{
  inbox = yes
  mailbox Gesendet {{
    special_use = \\Sent
    auto = create
  }}
}}
"""


TOKENS = """
auth_mechanisms = plain xoauth2
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/tokens.conf
}}
"""
TELLS_NOTHING = """
imap_capability = IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE LITERAL+ UIDPLUS SPECIAL-USE
"""
ASKS = """
tokeninfo_url = {address}
username_attribute = email
"""


class DovecotFell(RuntimeError):
    """It did not come up; the message holds its last words."""


def program() -> str | None:
    """Where it is installed, if it is."""
    return shutil.which("dovecot") or shutil.which("/usr/sbin/dovecot")


@contextmanager
def running(*, port: int | None = None, tokens_at: str = "", tells: bool = True) -> Iterator[int]:
    """Its port, while the block runs. Raises DovecotFell.

    One that does not `tell` offers no IDLE: what came there is found by whoever looks.

    `tokens_at`: where it asks for whom a token of OAuth speaks, which is written behind the address; the
    answer is 200 with a JSON object that holds `email`, or no token of theirs. Without it no token opens it.

    Started by root it becomes an unprivileged user, who must be able to reach the mail: so it has a folder
    of its own among those that everybody reaches.
    """
    with tempfile.TemporaryDirectory(prefix="dovecot-", ignore_cleanup_errors=True) as made:
        folder, port = Path(made), port or free_port()
        user, group = _account()
        folder.chmod(0o755)
        (folder / "mail").mkdir()
        os.chown(folder / "mail", user.pw_uid, user.pw_gid)
        said: dict = {
            "folder": folder,
            "port": port,
            "user": user.pw_name,
            "group": group,
            "password": PASSWORD,
        }
        said["tokens"] = TOKENS.format(**said) if tokens_at else ""
        said["tokens"] += "" if tells else TELLS_NOTHING
        (folder / "tokens.conf").write_text(ASKS.format(address=tokens_at))
        (folder / "dovecot.conf").write_text(CONFIGURATION.format(**said))
        server = subprocess.Popen([program() or "dovecot", "-c", str(folder / "dovecot.conf"), "-F"])
        try:
            _wait(server, port, folder / "log")
            yield port
        finally:
            server.terminate()
            server.wait(STOPPING_SECONDS)


def _account() -> tuple[pwd.struct_passwd, str]:
    if os.getuid() == 0:
        return pwd.getpwnam("nobody"), "nogroup"
    return pwd.getpwuid(os.getuid()), subprocess.check_output(["id", "-gn"], text=True).strip()


def _wait(server: subprocess.Popen, port: int, log: Path) -> None:
    until = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as line:
                if line.recv(10).startswith(b"* OK"):
                    return
        except OSError:
            time.sleep(0.05)
    raise DovecotFell(log.read_text(errors="replace") if log.exists() else f"it ended: {server.returncode}")
