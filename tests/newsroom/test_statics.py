import re

from django.conf import settings
from django.contrib.staticfiles import finders

STATIC = re.compile(r"""{%\s*static\s+["']([^"']+)["']""")


def test_every_static_file_that_a_template_names_is_there():
    templates = [*(settings.BASE_DIR / "templates").rglob("*.*"), *(settings.BASE_DIR / "submissions").rglob("*.html")]
    named = {name for path in templates for name in STATIC.findall(path.read_text())}
    assert {name for name in named if not finders.find(name)} == set()
    assert "css/public.css" in named
