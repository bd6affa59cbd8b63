"""Install the locked dependencies into `.venv` and go on there. Standard library only.

A fresh computer has Python and nothing else. `.local/uv` receives a pinned uv, which fills `.venv`
from `uv.lock`; a stamp in `.venv` says for which lock, folder and Python that was done, so that
the next start only reads two small files.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .paths import CHECKOUT, LOCAL, LOCK, VENV

UV_VERSION = "0.13.9"
STAMP = VENV / ".secretariat-stamp"
VENV_PYTHON = VENV / "bin" / "python"


def provision() -> None:
    """Return inside an interpreter that has the dependencies; replaces the process where needed.

    Exits with one sentence when that cannot be done.
    """
    if _has_its_own_environment():
        return
    wanted = _stamp()
    if not _is_stamped(wanted):
        with _alone():
            if not _is_stamped(wanted):  # another start may have done it while this one waited
                _install()
                STAMP.write_text(wanted)
    if Path(sys.prefix).resolve() != VENV.resolve():
        os.execv(VENV_PYTHON, [str(VENV_PYTHON), *sys.argv])


def _has_its_own_environment() -> bool:
    """A production image brings its dependencies along; `uv run` has just synchronised them."""
    if Path(sys.prefix).resolve() == VENV.resolve():
        return "UV" in os.environ and not STAMP.exists()
    return "DJANGO_SETTINGS_MODULE" in os.environ and importlib.util.find_spec("django") is not None


def _stamp() -> str:
    lock = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return f"{lock}\n{CHECKOUT}\n{sys.version_info.major}.{sys.version_info.minor}\n"


def _is_stamped(wanted: str) -> bool:
    try:
        return STAMP.read_text() == wanted and VENV_PYTHON.exists()
    except FileNotFoundError:
        return False


@contextmanager
def _alone() -> Iterator[None]:
    """Two starts at once take turns."""
    LOCAL.mkdir(exist_ok=True)
    with (LOCAL / "provisioning.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _install() -> None:
    was = STAMP.read_text().splitlines() if STAMP.exists() else []
    if VENV.exists() and was[1:] != _stamp().splitlines()[1:]:
        # The folder was moved or Python changed, and its scripts point elsewhere; or an install was cut off,
        # and packages that lie there in halves would be taken for whole ones.
        shutil.rmtree(VENV)
    STAMP.unlink(missing_ok=True)  # until all of it is there
    print("Installing the locked dependencies (once, until they change) …", file=sys.stderr, flush=True)
    uv = _uv()
    environment = os.environ | {"UV_PROJECT_ENVIRONMENT": str(VENV)}
    environment.pop("VIRTUAL_ENV", None)
    sync = [uv, "sync", "--frozen", "--no-python-downloads", "--link-mode", "copy", "--quiet"]
    sync += ["--python", _base_python()]
    if subprocess.run(sync, cwd=CHECKOUT, env=environment, capture_output=True).returncode:
        # A network that vouches for itself: its certificate is known to the system, not to uv.
        _run(sync, environment | {"UV_SYSTEM_CERTS": "1"})


def _base_python() -> str:
    """The interpreter beneath, when this one runs in a virtual environment that may go away."""
    return getattr(sys, "_base_executable", None) or sys.executable


def _uv() -> str:
    """The pinned uv, installed through pip into an environment of its own."""
    folder = LOCAL / "uv"
    uv, version = folder / "bin" / "uv", folder / "version"
    if uv.exists() and version.exists() and version.read_text() == UV_VERSION:
        return str(uv)
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        minor = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(
            "This Python cannot make virtual environments (venv or ensurepip is missing): "
            f"on Debian and Ubuntu, install the package python{minor}-venv and start again."
        )
    shutil.rmtree(folder, ignore_errors=True)
    environment = os.environ | {"PIP_ROOT_USER_ACTION": "ignore", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    _run([_base_python(), "-m", "venv", str(folder)], environment)
    _run([str(folder / "bin" / "python"), "-m", "pip", "install", "-q", f"uv=={UV_VERSION}"], environment)
    version.write_text(UV_VERSION)
    return str(uv)


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True)
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        print(said, file=sys.stderr)
        sys.exit("The dependencies could not be installed: is this computer connected to the network?")
