"""Database functions that Django does not bring."""

from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan


class JSONArrayLength(models.Func):
    """The number of items in a JSON array, on both engines."""

    function = "JSONB_ARRAY_LENGTH"
    output_field = models.IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Spell it SQLite's way."""
        return self.as_sql(compiler, connection, function="JSON_ARRAY_LENGTH", **extra)


def json_length(field: str, more_than: int) -> GreaterThan:
    """Return the condition that a JSON array has more than so many items."""
    return GreaterThan(Coalesce(JSONArrayLength(field), 0), more_than)
