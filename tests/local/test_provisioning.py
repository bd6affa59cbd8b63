import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

from secretariat.local import provisioning

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def fresh(tmp_path, monkeypatch):
    """A checkout in which nothing is installed yet."""
    venv = tmp_path / ".venv"
    monkeypatch.setattr(provisioning, "VENV", venv)
    monkeypatch.setattr(provisioning, "STAMP", venv / "stamp")
    monkeypatch.setattr(provisioning, "VENV_PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(provisioning, "LOCAL", tmp_path / ".local")
    monkeypatch.setattr(provisioning, "CHECKOUT", tmp_path)
    for name in ("DJANGO_SETTINGS_MODULE", "UV"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def becomes(monkeypatch):
    """What the process would become instead of going on."""
    became = []
    monkeypatch.setattr(provisioning.os, "execv", lambda path, argv: became.append(argv))
    return became


def installs(monkeypatch, folder):
    times = []

    def install():
        times.append(1)
        python = folder / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    monkeypatch.setattr(provisioning, "_install", install)
    return times


def test_it_installs_once_and_goes_on_in_the_new_environment(fresh, monkeypatch):
    became, installed = becomes(monkeypatch), installs(monkeypatch, fresh)
    provisioning.provision()
    provisioning.provision()
    assert len(installed) == 1
    assert [argv[1:] for argv in became] == [sys.argv, sys.argv]


@pytest.mark.parametrize("changed", ["lock", "folder"])
def test_it_installs_again_when_lock_or_folder_changes(fresh, monkeypatch, changed):
    becomes(monkeypatch)
    installed = installs(monkeypatch, fresh)
    provisioning.provision()
    if changed == "lock":
        other = fresh / "uv.lock"
        other.write_text("another")
        monkeypatch.setattr(provisioning, "LOCK", other)
    else:
        monkeypatch.setattr(provisioning, "CHECKOUT", fresh / "moved")
    provisioning.provision()
    assert len(installed) == 2


@pytest.mark.parametrize("cut_off", ["at first", "at a change"])
def test_what_an_install_that_was_cut_off_left_is_not_built_upon(fresh, monkeypatch, cut_off):
    """A package may lie there in halves, and look to the installer as if it were whole."""
    becomes(monkeypatch)
    half, synced = fresh / ".venv" / "lib" / "half", []
    half.mkdir(parents=True)
    if cut_off == "at a change":
        (fresh / ".venv" / "stamp").write_text("the lock before\n" + provisioning._stamp().partition("\n")[2])
        monkeypatch.setattr(provisioning, "_uv", Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            provisioning.provision()
    monkeypatch.setattr(provisioning, "_uv", lambda: "uv")

    def sync(command, **_):
        synced.append(half.exists())
        (fresh / ".venv" / "bin").mkdir(parents=True)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(provisioning.subprocess, "run", sync)
    provisioning.provision()
    assert synced == [False]


def test_a_production_image_is_left_as_it_is(fresh, monkeypatch):
    became, installed = becomes(monkeypatch), installs(monkeypatch, fresh)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "secretariat.settings.production")
    provisioning.provision()
    assert (became, installed) == ([], [])


def test_without_venv_it_names_the_package_to_install(fresh, monkeypatch):
    monkeypatch.setattr(provisioning.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match=r"install the package python3\.\d+-venv"):
        provisioning.provision()


def test_without_network_it_says_so(fresh, monkeypatch, capsys):
    failed = subprocess.CompletedProcess([], 1, stdout="", stderr="could not resolve host")
    monkeypatch.setattr(provisioning.subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(SystemExit, match="connected to the network"):
        provisioning.provision()
    assert "could not resolve host" in capsys.readouterr().err


def test_what_runs_before_the_environment_needs_the_standard_library_alone():
    """`-S` leaves out every installed package."""
    script = (
        "from secretariat.local import provisioning, commands, children, postgres, valkey, keys, npm, ports"
    )
    subprocess.run([sys.executable, "-S", "-c", script], cwd=CHECKOUT, check=True)
