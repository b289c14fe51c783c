"""The floor of the web benchmark: a Django view with one ModelForm and one INSERT, on the database that Mailbag has.

As Django comes, each request opens a connection of its own; FLOOR_KEEPS_CONNECTIONS=1 keeps them, as Mailbag does.
"""

import os
from pathlib import Path

import django
from django import forms
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.urls import path

FIELDS = ["name", "email", "city", "headline", "body"]


def databases() -> dict[str, dict[str, object]]:
    """Return Mailbag's own settings for the database; on SQLite the floor has a file of its own."""
    from newsroom import settings as mailbag

    config = dict(mailbag.DATABASES["default"])
    if "sqlite" in config["ENGINE"]:
        config["NAME"] = str(Path(os.environ["DATA_DIR"]) / "floor.sqlite3")
    if not os.environ.get("FLOOR_KEEPS_CONNECTIONS"):
        config["CONN_MAX_AGE"] = 0
    return {"default": config}


settings.configure(
    SECRET_KEY=os.urandom(16).hex(),
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    DATABASES=databases(),
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()


class Letter(models.Model):
    """A letter, as simply as can be."""

    name = models.CharField(max_length=200)
    email = models.EmailField()
    city = models.CharField(max_length=120)
    headline = models.CharField(max_length=300)
    body = models.TextField()

    class Meta:
        app_label = "floor"

    def __str__(self) -> str:
        return self.headline


class LetterForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Its form."""

    class Meta:
        model = Letter
        fields = FIELDS


def submit(request: HttpRequest) -> HttpResponse:
    """Validate, insert, redirect."""
    form = LetterForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    letter = form.save()
    return HttpResponse(status=303, headers={"Location": f"/{letter.pk}/"})


urlpatterns = [path("submit/letter/", submit)]
application = WSGIHandler()


if __name__ == "__main__":
    with connection.schema_editor() as editor:
        editor.create_model(Letter)
