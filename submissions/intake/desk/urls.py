"""The addresses of this room's pages."""

from django.contrib import admin
from django.urls import path

from submissions.intake.desk.views import type_in

urlpatterns = [path("submissions/submission/add/", admin.site.admin_view(type_in), name="desk_letter")]
