"""Name a fault for the record without its words, which may hold what somebody said."""

import traceback


def fault_name(fault: BaseException) -> str:
    """Class and place: *KeyError at calls/routing.py:41*."""
    frames = traceback.extract_tb(fault.__traceback__)
    if not frames:
        return type(fault).__name__
    ours = [frame for frame in frames if "site-packages" not in frame.filename] or frames
    folder, _, name = ours[-1].filename.rpartition("/")
    return f"{type(fault).__name__} at {folder.rpartition('/')[2]}/{name}:{ours[-1].lineno}"[:255]
