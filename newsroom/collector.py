"""Python's garbage collector in a process that has loaded all that it needs."""

import gc


def light() -> None:
    """Look no more through what stays for good, and less often for what does not."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
