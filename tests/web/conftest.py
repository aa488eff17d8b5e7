"""The cast at their boards, in every web test."""

import os
import tempfile

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillit.web.settings")
os.environ.setdefault("TILLIT_FOLDER", tempfile.mkdtemp(prefix="tillit-test-"))
os.environ.setdefault("TILLIT_MADE_UP_CITY", "yes")
