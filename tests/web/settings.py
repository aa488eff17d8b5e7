"""The settings of the tests: the made-up city in a folder of its own, and a password hash that takes no time.

Not in a conftest: Django reads its settings before pytest reads any.
"""

import atexit
import os
import shutil
import tempfile

# Each process that shares the tests has its own, or one would clear the attempts to log in that another counts.
if "TILLIT_FOLDER" not in os.environ or "PYTEST_XDIST_WORKER" in os.environ:
    os.environ["TILLIT_FOLDER"] = tempfile.mkdtemp(prefix="tillit-test-")
    atexit.register(shutil.rmtree, os.environ["TILLIT_FOLDER"], ignore_errors=True)
os.environ["TILLIT_MADE_UP_CITY"] = "yes"

from tillit.web.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
