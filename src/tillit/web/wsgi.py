"""The entry for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillit.web.settings")
application = get_wsgi_application()

# Only now can models be imported. Where the walls do not stand, no request is taken.
from tillit.web.actions.start import start  # noqa: E402

start()
