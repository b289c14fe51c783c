"""The web server's entry point."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from newsroom import collector

# A thread that writes holds the database: at each statement it must not wait 5 ms for its turn at the interpreter.
sys.setswitchinterval(0.0005)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
application = get_wsgi_application()
collector.light()
