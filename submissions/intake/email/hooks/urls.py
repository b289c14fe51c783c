"""Where mail services post; Mailgun sends the raw message only to an address that ends in "mime"."""

from django.urls import path

from submissions.intake.email.hooks import views

urlpatterns = [
    path("hooks/<slug:esp>/inbound/", views.inbound, name="hook"),
    path("hooks/<slug:esp>/inbound/mime", views.inbound, name="hook_mime"),
]
