"""What docker-compose.yml starts is what the settings, the code and the documents speak of."""

import os
import re
import subprocess
import sys
import threading
from dataclasses import fields
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from messages_app import mail_doors
from secretariat.celery import app as celery
from secretariat.local.databases import EXTENSIONS
from secretariat.local.postgres import OF_A_FIRM
from secretariat.local.provisioning import UV_VERSION
from secretariat.outbox.models import Effect
from secretariat.settings.environment import Environment

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service.get("image") == "secretariat"}
SETTINGS = {field.name for field in fields(Environment)}
FOR_COMPOSE = (ROOT / ".env.example").read_text().partition("# --- For docker-compose.yml alone")[2]
READ_BY_A_LIBRARY = {"PROMETHEUS_MULTIPROC_DIR"}
OTHERS_PASSWORDS = {"OWNER_PASSWORD", "POSTGRES_PASSWORD"}


def test_everything_the_house_needs_is_started():
    assert {"web", "calls", "live", "sweep", "migrate", "proxy", "postgres", "redis"} < set(SERVICES)


@pytest.mark.parametrize("name", OURS)
def test_each_of_ours_is_told_known_settings_only(name):
    assert set(OURS[name]["environment"]) <= SETTINGS | READ_BY_A_LIBRARY | OTHERS_PASSWORDS
    assert OURS[name]["env_file"] == ".env"


def test_what_compose_is_given_is_in_the_example():
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    of_compose = {line.partition("=")[0] for line in FOR_COMPOSE.splitlines() if re.match(r"[A-Z_]+=", line)}
    assert asked - SETTINGS == of_compose


def test_only_migrate_connects_as_the_owner_of_the_tables():
    assert [name for name, each in OURS.items() if each["environment"]["DATABASE_OWNER_URL"]] == ["migrate"]
    for each in OURS.values():
        assert each["environment"]["DATABASE_URL"].startswith("postgres://app:")
        # .env, which is read whole, holds the passwords of others too
        assert [each["environment"][name] for name in sorted(OTHERS_PASSWORDS)] == ["", ""]


def test_a_web_process_is_asked_whether_it_is_well_by_a_name_it_answers_to():
    """Its own address is none: Django refuses any that ALLOWED_HOSTS does not name."""
    *_python, asked = SERVICES["web"]["healthcheck"]["test"]
    heard = []

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self):
            heard.append((self.path, self.headers["Host"]))
            self.send_response(200 if self.headers["Host"] == "desk.example.com" else 400)
            self.end_headers()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        told = {**os.environ, "PUBLIC_BASE_URL": "https://desk.example.com"}
        words = asked.replace(":8000", f":{server.server_port}")
        assert subprocess.run([sys.executable, "-c", words], env=told).returncode == 0
        server.shutdown()
    assert heard == [("/healthz", "desk.example.com")]


def test_the_proxy_lets_in_as_large_a_mail_as_the_house_reads():
    of_mail = re.search(
        r"request_body @post \{\s+max_size (\d+)MB", COMPOSE["configs"]["caddyfile"]["content"]
    )
    assert int(of_mail[1]) * 10**6 >= mail_doors.LARGEST


def test_the_workers_serve_every_queue_once():
    served = [queue for each in OURS.values() for queue in _option(each, "--queues").split(",") if queue]
    assert sorted(served) == sorted(Effect.Queue.values) == sorted(q.name for q in celery.conf.task_queues)


def test_bulk_work_has_workers_of_its_own():
    [bulk] = [each for each in OURS.values() if "bulk" in _option(each, "--queues")]
    assert _option(bulk, "--queues") == "bulk"


def test_the_database_keeps_what_it_acknowledged_and_its_log():
    command = " ".join(SERVICES["postgres"]["command"])
    assert "archive_mode=on" in command
    for name, value in {"jit": "off", **OF_A_FIRM}.items():  # what is measured is what is started
        assert f"{name}={value}" in command
    for off in ("fsync=off", "synchronous_commit=off", "full_page_writes=off"):
        assert off not in command


def test_roles_and_extensions_are_made_as_the_code_and_the_document_say():
    script = COMPOSE["configs"]["roles"]["content"]
    document = (ROOT / "docs/operating/databases.md").read_text()
    for extension in EXTENSIONS:
        assert f"CREATE EXTENSION {extension};" in script
    for line in script[
        script.index("CREATE DATABASE") : script.index("SQL\n", script.index("ALTER"))
    ].splitlines():
        assert line.strip() in document


def test_the_proxy_keeps_figures_inside_and_streams_unbuffered():
    caddyfile = COMPOSE["configs"]["caddyfile"]["content"]
    assert re.search(r"handle /metrics \{\s+respond 404", caddyfile)
    live = re.search(r"handle /live/\* \{.*?\n    \}", caddyfile, re.S)[0]
    assert "flush_interval -1" in live
    assert "encode" not in live


def test_what_the_carrier_asks_has_processes_of_its_own_and_what_may_wait_yields():
    caddyfile = COMPOSE["configs"]["caddyfile"]["content"]
    assert re.search(r"handle /twilio/\* \{\s+import replaceable calls\s", caddyfile)
    assert SERVICES["calls"]["command"] == SERVICES["web"]["command"]
    shares = {name: each.get("cpu_shares", 1024) for name, each in SERVICES.items()}
    waits = {name for name, each in OURS.items() if _option(each, "--queues") in ("bulk", "cpu")}
    assert {shares[name] for name in waits} == {110}
    assert shares["web"] == 335
    # Each of its connections works for one of the others.
    assert shares["postgres"] > shares["calls"]
    assert {shares[name] for name in OURS.keys() - waits - {"web", "migrate"}} == {1024}


def test_the_image_is_made_with_the_pinned_tools_and_no_local_parts():
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert f"uv=={UV_VERSION}" in dockerfile
    assert "--no-default-groups" in dockerfile
    assert re.search(r"^USER (?!root)", dockerfile, re.M)


def test_the_commands_are_those_of_the_document():
    document = (ROOT / "docs/operating/running.md").read_text()
    for name in ("web", "live"):
        application = SERVICES[name]["command"][-1]
        assert application in document
    assert "manage.py sweep --watch" in document
    assert SERVICES["sweep"]["command"] == ["python", "manage.py", "sweep", "--watch"]


def _option(service, name: str) -> str:
    command = service["command"]
    return command[command.index(name) + 1] if name in command else ""
