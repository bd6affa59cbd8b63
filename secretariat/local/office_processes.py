"""The processes of one private office: web and live, worker, sweep, and the world outside.

The demo runs them for a person, the stories for a test. Standard library only.
"""

import os
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from .children import Child, Children
from .keys import Keys, write_privately
from .paths import CHECKOUT
from .ports import free_port

STARTING_SECONDS = 60
SETTINGS = "secretariat.settings.demo"
INSIDE = ("web", "worker", "sweep")
TEXTS_FROM = "+442079460999"


class NotReady(RuntimeError):
    """A process fell or does not answer; the message holds its last words."""


@dataclass(frozen=True)
class Ports:
    """Where the office and its outside world listen, all on this computer alone."""

    web: int
    api: int
    outside: int
    smtp: int

    @classmethod
    def free(cls, web: int | None = None) -> "Ports":
        return cls(web or free_port(), free_port(), free_port(), free_port())


class OfficeProcesses:
    """Starts and stops them. `environment` is exactly what each of them is told."""

    def __init__(self, children: Children, folder: Path, environment: dict[str, str], ports: Ports):
        self.children = children
        self.folder = folder
        self.environment = environment
        self.ports = ports

    def start_outside(self, configuration: dict) -> None:
        """Start carrier, outside pages and mail catcher, and wait until they listen."""
        path = self.folder / "outside.json"
        write_privately(path, configuration)
        self._start("outside", self.outside_command(path))
        self._wait("outside", f"http://127.0.0.1:{self.ports.outside}/")

    def start_inside(self) -> None:
        """Start web and live, worker and sweep, and wait until pages are answered."""
        for name in INSIDE:
            self.start(name)
        self._wait("web", f"http://127.0.0.1:{self.ports.web}/healthz")

    def start(self, name: str) -> Child:
        """Start one of the processes inside: web, worker or sweep."""
        commands = {"web": self.web_command, "worker": self.worker_command, "sweep": self.sweep_command}
        return self._start(name, commands[name]())

    def stop(self, name: str) -> None:
        """Stop one of them, as when it is deployed anew or its computer fails."""
        child = self._child(name)
        child.stop()
        self.children.running.remove(child)

    def start_again(self, child: Child) -> Child:
        """Replace a process that fell."""
        child.stop()
        self.children.running.remove(child)
        return self._start(child.name, child.command)

    def outside_command(self, configuration: Path) -> list[str]:
        return [
            *(sys.executable, "-m", "secretariat.local.outside", "--config", str(configuration)),
            *("--data", str(self.folder / "outside")),
            *("--api-port", str(self.ports.api), "--outside-port", str(self.ports.outside)),
            *("--smtp-port", str(self.ports.smtp)),
        ]

    def web_command(self) -> list[str]:
        return [
            *(sys.executable, "-m", "granian", "--interface", "asginl", "--no-ws", "--workers", "1"),
            *("--host", "127.0.0.1", "--port", str(self.ports.web), "--respawn-failed-workers"),
            *("--workers-kill-timeout", "3", "secretariat.asgi:application"),
        ]

    def worker_command(self) -> list[str]:
        return [
            *(sys.executable, "-m", "celery", "--app", "secretariat.celery", "--quiet", "worker"),
            *("--pool", "threads", "--concurrency", "4", "--loglevel", "WARNING"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ]

    def sweep_command(self) -> list[str]:
        return [sys.executable, str(CHECKOUT / "manage.py"), "sweep", "--watch"]

    def _child(self, name: str) -> Child:
        return next(child for child in self.children.running if child.name == name)

    def _start(self, name: str, command: list[str]) -> Child:
        return self.children.start(name, command, environment=self.environment, folder=CHECKOUT)

    def _wait(self, name: str, address: str) -> None:
        """Until `address` answers anything. Raises NotReady when its process fell or a minute passed."""
        child = self._child(name)
        deadline = time.monotonic() + STARTING_SECONDS
        while child.process.poll() is None and time.monotonic() < deadline:
            try:
                urllib.request.urlopen(address, timeout=5).close()
                return
            except urllib.error.HTTPError as answer:
                if answer.code < 500:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise NotReady(f"The process `{name}` did not start:\n{self.children.last_words(name)}")


def environment_of(
    keys: Keys, ports: Ports, folder: Path, *, database_url: str, redis_url: str
) -> dict[str, str]:
    """What every process of the office is told: the settings, and of the caller's only what it needs."""
    url = f"http://127.0.0.1:{ports.web}"
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return kept | {
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "SECRET_KEY": keys.secret_key,
        "ALLOWED_HOSTS": "127.0.0.1,localhost,.localhost",
        "PUBLIC_BASE_URL": url,
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "TWILIO_ACCOUNT_SID": keys.account_sid,
        "TWILIO_AUTH_TOKEN": keys.auth_token,
        "TWILIO_API_KEY": keys.api_key_sid,
        "TWILIO_API_SECRET": keys.api_key_secret,
        "TWILIO_TWIML_APP_SID": keys.twiml_app_sid,
        "TWILIO_API_BASE_URL": f"http://127.0.0.1:{ports.api}",
        "TWILIO_TEXT_FROM": TEXTS_FROM,
        "EMAIL_URL": f"smtp://127.0.0.1:{ports.smtp}",
        "EMAIL_FROM": "desk@secretariat.example",
        "INBOUND_MAIL_DOMAIN": "in.secretariat.example",
        "ANYMAIL_WEBHOOK_SECRET": keys.anymail_webhook_secret,
        "VAULT_KEYS": f"demo:{keys.vault_key}",
        "VAPID_PRIVATE_KEY": keys.push_key,
        "VAPID_CONTACT": "desk@secretariat.example",
        "METRICS_TOKEN": keys.metrics_token,
        "MEDIA_ROOT": str(folder / "media"),
        "OUTSIDE_URL": f"http://127.0.0.1:{ports.outside}",
        "LOB_API_KEY": keys.lob_api_key,
        "LOB_WEBHOOK_SECRET": keys.lob_webhook_secret,
        "LOB_API_BASE_URL": f"http://127.0.0.1:{ports.outside}/lob",
        **{
            f"{service}_{name}": value
            for service in ("GOOGLE", "MICROSOFT")
            for name, value in (
                ("CLIENT_ID", "client-id"),
                ("CLIENT_SECRET", "client-secret"),
                ("BASE_URL", f"http://127.0.0.1:{ports.outside}/{service.lower()}"),
            )
        },
    }
