"""Media: private files. Recordings, attachments, PDFs: sealed on disk, shown only at a checked address."""

from .guards import guard

__all__ = ["addresses", "guard", "kept", "remove", "store", "url"]


def store(content, **facts):
    """See `media.storing.store`."""
    from .storing import store as store_file

    return store_file(content, **facts)


def remove(file) -> None:
    """See `media.storing.remove`."""
    from .storing import remove as remove_file

    remove_file(file)


def kept(pk):
    """The file with this id, or None: where there never was one, and where it was taken away."""
    from .models import MediaFile

    return MediaFile.objects.filter(pk=pk, deleted_at=None).first() if pk else None


def url(file) -> str:
    """The address of `file`. Who may not see it finds nothing there."""
    from django.urls import reverse

    return reverse("media-file", args=[file.pk])


def addresses(pks) -> dict:
    """{id: its address} of those of these files that are kept still: one query however many they are."""
    from .models import MediaFile

    wanted = [pk for pk in pks if pk]
    found = MediaFile.objects.filter(pk__in=wanted, deleted_at=None) if wanted else ()
    return {each.pk: url(each) for each in found}
