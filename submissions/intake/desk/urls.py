"""The addresses of this room's pages."""

from django.contrib import admin
from django.urls import path

from submissions.intake.desk.confirmation import confirmation
from submissions.intake.desk.looks import looks
from submissions.intake.desk.mail_health import mail_health
from submissions.intake.desk.views import type_in

urlpatterns = [
    path("submissions/submission/add/", admin.site.admin_view(type_in), name="desk_letter"),
    path("submissions/rawmessage/health/", admin.site.admin_view(mail_health), name="mail_health"),
    path(
        "submissions/rawmessage/<int:message>/confirmation/",
        admin.site.admin_view(confirmation),
        name="mail_confirmation",
    ),
    path("submissions/rawmessage/<int:message>/looks/", admin.site.admin_view(looks), name="mail_looks"),
]
