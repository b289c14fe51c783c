"""The house's own data: newspaper, contact page, house policy, disclaimers, reply texts."""

from typing import Any

from django.db import models, transaction

from submissions.models import ContactAddress, Disclaimer, HousePolicy, Paper, ReplyText
from submissions.permissions import install_groups
from submissions.seeding import files


@transaction.atomic
def load_house() -> None:
    """Write what is missing, each page of it as a whole: where there is one row, the page is the editors' own."""
    install_groups()
    if not Paper.objects.exists():
        Paper.objects.create(pk=1, **files.table(files.folder() / "house" / "paper.toml"))
    for row in files.rows("policies.toml", "policy"):
        if not HousePolicy.objects.filter(kind=row["kind"]).exists():
            HousePolicy.objects.create(number=1, **row)
    _fill(ContactAddress, files.rows("contact.toml", "contact"))
    _fill(Disclaimer, files.rows("disclaimers.toml", "disclaimer"))
    _fill(ReplyText, files.rows("replies.toml", "reply"))


def _fill(model: type[models.Model], rows: list[dict[str, Any]]) -> None:
    """Write the rows of an empty table, in the order of the file."""
    if not model._default_manager.exists():
        model._default_manager.bulk_create(model(position=place, **row) for place, row in enumerate(rows, 1))
