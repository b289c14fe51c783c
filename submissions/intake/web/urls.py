"""The addresses of this room's pages."""

from django.urls import path

from submissions.intake.web import completing, confirming, tracking
from submissions.intake.web.views import SubmitView
from submissions.models import Kind

urlpatterns = [
    path("submit/letter/", SubmitView.as_view(kind=Kind.LETTER), name="letter_form"),
    path("submit/opinion/", SubmitView.as_view(kind=Kind.OPINION), name="opinion_form"),
    path("confirm/<str:token>/", confirming.confirm_address, name="confirm"),
    path("complete/<str:token>/", completing.complete, name="complete"),
    path("track/", tracking.ask, name="track_ask"),
    path("track/lost/", tracking.lost, name="track_lost"),
    path("track/lost/sent/", tracking.lost_sent, name="track_lost_sent"),
    path("track/<str:reference>/", tracking.show, name="track"),
    path("track/<str:reference>/withdraw/", tracking.withdraw, name="track_withdraw"),
    path("track/<str:reference>/restore/", tracking.restore, name="track_restore"),
]
