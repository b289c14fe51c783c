"""The addresses of the pages, room by room."""

from django.contrib import admin
from django.urls import include, path

from newsroom import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("submissions.publishing.urls")),
    path("", include("submissions.intake.web.urls")),
    path("", include("submissions.intake.email.hooks.urls")),
    path("admin/", include("submissions.intake.desk.urls")),
    path("admin/", admin.site.urls),
]
