"""The web server's entry point."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application

# A thread that writes holds the database: at each statement it must not wait 5 ms for its turn at the interpreter.
sys.setswitchinterval(0.0005)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
application = get_wsgi_application()

# What is loaded by now stays for good: the collector need not look through it, nor look so often.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
