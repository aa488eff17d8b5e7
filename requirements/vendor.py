"""Copies what the look is made from out of node_modules into the web's static files, with a manifest.

Run by `make vendor` after `npm ci` and the theme's build. What it writes is committed, so that to
run and to test Tillit needs no Node. The manifest says of each file whose it is, under what licence,
and its hash; a test compares.
"""

import hashlib
import json
import re
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
MODULES = HOUSE / "node_modules"
VENDOR = HOUSE / "src/tillit/web/static/vendor"

FILES = {
    "theme.css": ("@digdir/designsystemet", HOUSE / ".build/theme/tillit.css"),
    "designsystemet.css": ("@digdir/designsystemet-css", "dist/src/index.css"),
    "designsystemet.js": ("@digdir/designsystemet-web", "dist/umd/index.js"),
    "inter-latin.woff2": ("@fontsource-variable/inter", "files/inter-latin-wght-normal.woff2"),
    "inter-latin-ext.woff2": ("@fontsource-variable/inter", "files/inter-latin-ext-wght-normal.woff2"),
}
"""Our name -> the package, and where it lies in it (or where it was built)."""


def main() -> None:
    """Copies every file and writes the manifest."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    manifest = []
    for name, (package, place) in FILES.items():
        told = json.loads((MODULES / package / "package.json").read_text(encoding="utf-8"))
        content = (MODULES / package / place).read_bytes()
        if name.endswith((".css", ".js")):
            # A source map is not shipped, and a browser's tools would ask for it on every page.
            content = re.sub(rb"\n?(//|/\*)# sourceMappingURL=[^\n]*", b"", content).rstrip() + b"\n"
        (VENDOR / name).write_bytes(content)
        manifest.append(
            {
                "file": name,
                "from": package,
                "version": told["version"],
                "licence": told["license"],
                "sha256": hashlib.sha256(content).hexdigest(),
            }
        )
    (VENDOR / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
