"""Django's admin, with the desk as its site."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """The admin app; only its site is ours."""

    default_site = "submissions.moderation.admin.site.Desk"
