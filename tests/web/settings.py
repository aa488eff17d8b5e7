"""The settings of the tests: the made-up city in a folder of its own, and a password hash that takes no time.

Not in a conftest: Django reads its settings before pytest reads any.
"""

import os
import tempfile

os.environ.setdefault("TILLIT_FOLDER", tempfile.mkdtemp(prefix="tillit-test-"))
os.environ["TILLIT_MADE_UP_CITY"] = "yes"

from tillit.web.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
