"""What the diary's pieces of work are called, and where each is done."""

from clients.work import Work

from . import following, recording, standing


def _in_its_own_words(item) -> Work:
    return Work(item.because)


describe = {
    following.CHANGED: _in_its_own_words,
    following.CLASH: _in_its_own_words,
    recording.NOT_WRITTEN: _in_its_own_words,
    standing.WORK: _in_its_own_words,
}
