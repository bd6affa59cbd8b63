"""A transcriber, played: takes recordings as Speechmatics' published description has it."""

import json
from urllib.parse import urlsplit

import requests

KEY = "a-key"
NAMES = {"type", "transcription_config"}


class Transcriber:
    """Has `request` as requests.Session has. `says` are the words of whatever it is given next."""

    def __init__(self, says="We agree to the lease."):
        self.says = says
        self.jobs: dict[str, dict] = {}
        self.forgotten: list[str] = []
        self.running = self.rejects = self.takes_nothing = False

    def request(self, method, url, *, headers, timeout, **what):
        assert timeout < 15
        if headers["Authorization"] != f"Bearer {KEY}":
            return _answer(401, {"code": 401, "error": "Permission Denied"})
        match method, urlsplit(url).path.split("/")[1:]:
            case "POST", ["v2", "jobs"] if self.takes_nothing:
                return _answer(400, {"code": 400, "error": "Job rejected due to invalid audio"})
            case "POST", ["v2", "jobs"]:
                return self._create(**what)
            case "GET", ["v2", "jobs", job]:
                state = "running" if self.running else "rejected" if self.rejects else "done"
                return _answer(200, {"job": {"id": job, "status": state}})
            case "GET", ["v2", "jobs", job, "transcript"]:
                assert what["params"] == {"format": "txt"}
                return _answer(200, self.jobs[job]["says"].encode())
            case "DELETE", ["v2", "jobs", job]:
                self.forgotten.append(job)
                return _answer(200, {"job": {"id": job, "status": "deleted"}})
        raise AssertionError(f"there is no {method} {url}")

    def _create(self, data, files):
        config = json.loads(data["config"])
        assert set(config) == NAMES
        assert config["type"] == "transcription"
        _name, audio, _kind = files["data_file"]
        job = f"job{len(self.jobs) + 1}"
        language = config["transcription_config"]["language"]
        self.jobs[job] = {"audio": audio, "language": language, "says": self.says}
        return _answer(201, {"id": job})


def _answer(status: int, content) -> requests.Response:
    made = requests.Response()
    made.status_code = status
    made._content = content if isinstance(content, bytes) else json.dumps(content).encode()
    return made
