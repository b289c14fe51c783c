"""Writers and what was published: looked at here, changed nowhere."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from submissions.models import Publication, Writer
from submissions.moderation.admin.versions import ReadOnlyAdmin
from submissions.permissions import kinds_for, writers_for


@admin.register(Writer)
class WriterAdmin(ReadOnlyAdmin):
    """The writers of whom the account may see a submission."""

    list_display = ["__str__", "email", "phone", "city", "confirmed_at", "confirmed_how"]
    search_fields = ["name", "email", "phone"]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Writer]:
        """Return only those."""
        return writers_for(request.user)


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    """What was published, of the kinds that the account may see."""

    list_display = ["__str__", "kind", "published_at", "ran_in", "retracted_at"]
    list_filter = ["kind"]
    ordering = ["-published_at", "-pk"]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Publication]:
        """Return only those."""
        return super().get_queryset(request).filter(kind__in=kinds_for(request.user))
