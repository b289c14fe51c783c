"""The addresses of this room's pages."""

from django.urls import path, re_path
from django.views.decorators.http import conditional_page

from submissions.publishing import views
from submissions.publishing.feeds import OpinionRss
from submissions.publishing.sitemaps import sitemap

YEAR, MONTH = r"(?P<year>[0-9]{4})", r"(?P<month>0[1-9]|1[0-2])"

urlpatterns = [
    path("", views.front, name="front"),
    path("policy/", views.policy, name="policy"),
    path("contact/", views.contact, name="contact"),
    path("corrections/", views.corrections, name="corrections"),
    path("opinion/", views.opinion, name="opinion"),
    path("opinion/feed.rss", conditional_page(OpinionRss()), name="feed_rss"),
    re_path(rf"^opinion/{YEAR}/{MONTH}/(?P<slug>[-a-z0-9_]+)/$", views.article, name="article"),
    path("sitemap.xml", sitemap, name="sitemap"),
]
