"""Reading the files under seeds/."""

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings


def folder() -> Path:
    """Return where the seeds lie: beside the code, not among the data."""
    return Path(settings.BASE_DIR) / "seeds"


def table(path: Path) -> dict[str, Any]:
    """Return what a TOML file says. Raises OSError and tomllib.TOMLDecodeError."""
    with path.open("rb") as file:
        found: dict[str, Any] = _stripped(tomllib.load(file))
    return found


def rows(name: str, key: str) -> list[dict[str, Any]]:
    """Return the rows of one of the house's files, in their order: `[[key]]` by `[[key]]`."""
    found: list[dict[str, Any]] = table(folder() / "house" / name)[key]
    return found


def _stripped(value: Any) -> Any:
    """Return a table without the newline that TOML's long strings end with; lists of texts stay as they are."""
    if isinstance(value, dict):
        return {key: item.strip("\n") if isinstance(item, str) else _stripped(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_stripped(item) if isinstance(item, dict) else item for item in value]
    return value
