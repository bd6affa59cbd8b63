import pytest

from secretariat.media import guards


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def opened(monkeypatch):
    """Kinds of file and who may see them, for this test alone."""
    kinds = {}
    monkeypatch.setattr(guards, "_guards", kinds)
    return kinds
