"""What npm brings: the typeface and the browser telephone. Without Node the office runs without them.

They are installed outside `static/`, from copies of its two files, so that the sources stay as they
are committed. Standard library only.
"""

import hashlib
import shutil
import subprocess

from .paths import CHECKOUT, LOCAL

FILES = ("package.json", "package-lock.json")
FOLDER = LOCAL / "npm"


def install() -> None:
    """Install the locked packages if they changed. Silent without Node or network."""
    npm = shutil.which("npm")
    if npm is None:
        return
    wanted = hashlib.sha256(b"".join((CHECKOUT / "static" / name).read_bytes() for name in FILES)).hexdigest()
    stamp = FOLDER / "stamp"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(CHECKOUT / "static" / name, FOLDER / name)
    install = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    try:
        done = subprocess.run(install, cwd=FOLDER, capture_output=True, timeout=120)
    except subprocess.TimeoutExpired:
        return
    if done.returncode == 0:
        stamp.write_text(wanted)
