"""Media: private files. Recordings, attachments, PDFs: sealed on disk, shown only at a checked address."""

from .guards import guard

__all__ = ["guard", "remove", "store", "url"]


def store(content, **facts):
    """See `media.storing.store`."""
    from .storing import store as store_file

    return store_file(content, **facts)


def remove(file) -> None:
    """See `media.storing.remove`."""
    from .storing import remove as remove_file

    remove_file(file)


def url(file) -> str:
    """The address of `file`. Who may not see it finds nothing there."""
    from django.urls import reverse

    return reverse("media-file", args=[file.pk])
