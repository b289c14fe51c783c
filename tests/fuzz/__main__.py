"""`python -m tests.fuzz --minutes 10` reads hostile mail and reports what fails; `--replay FILE` reads one again.

Nothing may crash, and nothing of under 1 MB may take over two seconds. Guided by coverage where atheris is installed
(`pip install atheris`), else by chance from a seed that is printed. Findings are written under DATA_DIR/fuzz/.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import SystemRandom

HANG_SECONDS = 20.0
"""A child that has had one message for so long hangs in C, where no signal is heard."""
SHRINK_SECONDS = 40.0
FOUND = Path(os.environ.get("DATA_DIR", "var")) / "fuzz"


def main() -> int:
    """Fuzz, or replay; return 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(2**31))
    parser.add_argument("--replay", type=Path, metavar="FILE")
    parser.add_argument("--shrink", action="store_true", help="with --replay: make the file smaller")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mailbag-fuzz-") as folder:
        if options.replay:
            return replay(options.replay, folder, shrink=options.shrink)
        return fuzz(options.minutes * 60, options.seed, Path(folder))


def replay(path: Path, folder: str, *, shrink: bool) -> int:
    """Read one message again, and say what goes wrong."""
    from tests.house import open_house

    open_house(folder)
    from tests.fuzz.findings import shrunk, trouble_of

    raw = path.read_bytes()
    trouble = trouble_of(raw)
    print(trouble or "nothing goes wrong")
    if trouble and shrink:
        path.write_bytes(shrunk(raw, trouble, SHRINK_SECONDS))
    return 1 if trouble else 0


def fuzz(seconds: float, seed: int, folder: Path) -> int:
    """Keep a child trying messages until the time is up, then look at what it found; return 1 for any finding."""
    (folder / "found").mkdir()
    env = os.environ | {"DATA_DIR": str(folder)}
    print(f"seed {seed}, {seconds / 60:g} minutes", flush=True)
    until, tried, killed = time.monotonic() + seconds, 0, 0
    while (left := until - time.monotonic()) > 1:
        command = [sys.executable, "-m", "tests.fuzz.child", str(seed + killed), str(left), str(folder)]
        child = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL if killed else None)
        ended_well = _watch(child, folder, until)
        tried += int((folder / "count").read_text() or 0) if (folder / "count").exists() else 0
        (folder / "count").unlink(missing_ok=True)
        if not ended_well:
            killed += 1
            shutil.copy(folder / "current", folder / "found" / f"killed-{killed}.eml")
    findings = [found for path in sorted(folder.glob("found/*.eml")) if (found := _looked_at(path, env))]
    print(json.dumps({"seed": seed, "messages": tried, "killed": killed, "findings": findings}))
    return 1 if findings else 0


def _watch(child: subprocess.Popen[bytes], folder: Path, until: float) -> bool:
    """Wait for a child's end and return whether it came by itself, with nothing wrong; kill one that hangs."""
    current, started = folder / "current", time.time()
    while child.poll() is None:
        time.sleep(0.5)
        seen = max(current.stat().st_mtime if current.exists() else 0, started + 60)
        if time.time() - seen > HANG_SECONDS or time.monotonic() > until + HANG_SECONDS:
            child.kill()
            child.wait()
            return time.time() - seen <= HANG_SECONDS
    return child.returncode == 0


def _looked_at(path: Path, env: dict[str, str]) -> dict[str, str] | None:
    """Read a finding again by itself, make it smaller and keep it; None where nothing goes wrong then."""
    replaying = [sys.executable, "-m", "tests.fuzz", "--replay", str(path), "--shrink"]
    try:
        done = subprocess.run(replaying, env=env, check=False, capture_output=True, text=True, timeout=120)
        told = done.stdout.strip() if done.returncode != 0 else ""
        told = told or (f"ends with {done.returncode}" if done.returncode else "")
    except subprocess.TimeoutExpired:
        told = "hangs where no signal is heard"
    if not told:
        return None
    FOUND.mkdir(parents=True, exist_ok=True)
    kept = shutil.copy(path, FOUND)
    return {"trouble": told, "replay": f"python -m tests.fuzz --replay {kept}"}


if __name__ == "__main__":
    sys.exit(main())
