"""The addresses of this room's pages."""

from django.urls import path

from submissions.intake.web.views import SubmitView
from submissions.models import Kind

urlpatterns = [
    path("submit/letter/", SubmitView.as_view(kind=Kind.LETTER), name="letter_form"),
    path("submit/opinion/", SubmitView.as_view(kind=Kind.OPINION), name="opinion_form"),
]
