"""Front-end packages that npm brought, as folders of static files."""

from pathlib import Path


def npm_folders(packages: Path, **served: str) -> list[tuple[str, Path]]:
    """`npm/NAME/` for each package folder that is there; without Node there are none."""
    return [
        (f"npm/{name}", packages / folder) for name, folder in served.items() if (packages / folder).is_dir()
    ]
