"""The office that stories run in starts, answers, and can lose a process and get it back."""

import json
import urllib.request
from pathlib import Path

import psycopg
import pytest
import redis

from secretariat.local import story_office
from secretariat.local.test_servers import TestServers

pytestmark = pytest.mark.slow


def test_a_story_has_an_office_of_its_own(tmp_path):
    servers = TestServers.of_this_run()
    with story_office.running(servers, name="another", starts_at="2026-03-02T09:00:00+00:00") as office:
        with urllib.request.urlopen(office.url) as page:
            assert b"Somebody answers" in page.read()
        with urllib.request.urlopen(f"{office.outside_url}/control/state") as state:
            assert json.load(state)
        with psycopg.connect(office.database_url) as connection:
            assert connection.execute("SELECT count(*) FROM office_user").fetchone() == (0,)
        assert redis.Redis.from_url(office.redis_url).ping()

        office.processes.stop("worker")
        names = {child.name for child in office.processes.children.running}
        assert names == {"valkey", "outside", "web", "sweep"}
        office.processes.start("worker")
        pids = [child.process.pid for child in office.processes.children.running]
        assert len(pids) == 5
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
