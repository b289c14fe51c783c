"""What a process takes that reads the largest message that we accept."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

READ = """
import re, sys
from pathlib import Path
import django
django.setup()
from submissions.intake.email.parsing.parse import parse
message = parse(Path(sys.argv[1]).read_bytes())
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]
print(peak, sum(len(file.content) for file in message.files))
"""
HEADER = b"From: w@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
FILE = b"--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
LINE = b"QUJD" * 19 + b"\r\n"
SIZE = 49_000_000

pytestmark = [
    pytest.mark.protocol,
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell what a process takes"),
]


def _peak(path: Path) -> tuple[int, int]:
    """The megabytes that a process takes at most over this message, and the bytes of its files."""
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    done = subprocess.run([sys.executable, "-c", READ, path], check=True, capture_output=True, text=True, env=env)
    kilobytes, files = done.stdout.split()
    return int(kilobytes) // 1024, int(files)


@pytest.mark.parametrize(
    ("pieces", "files"),
    [
        ([(HEADER + FILE, 1), (LINE, SIZE // 78)], SIZE // 78 * 57),
        ([(HEADER, 1), (FILE + LINE * 4000, SIZE // 312_000)], SIZE // 312_000 * 228_000),
        ([(HEADER + FILE, 1), (b"QUJD\r\n", SIZE // 6)], SIZE // 6 * 3),
        ([(HEADER + b"--b\r\n\r\n", 1), (b"\r\n", SIZE // 2)], 0),
        ([(b"Subject: x\r\n\r\n", 1), ("Thé bridge\r\n".encode(), SIZE // 13)], 0),
    ],
    ids=["one file", "many files", "short lines", "empty lines", "text"],
)
def test_reading_the_largest_message_takes_less_than_350_megabytes(tmp_path, pieces, files):
    path = tmp_path / "mail.eml"
    with path.open("wb") as mail:
        for piece, times in pieces:
            mail.write(piece * times)
    megabytes, found = _peak(path)
    assert found == files
    assert megabytes < 350
