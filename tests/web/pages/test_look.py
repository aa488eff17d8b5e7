"""What the look is made from: vendored files as the manifest says, and nothing fetched from elsewhere."""

import hashlib
import json
import re
from pathlib import Path

import tillit.web

STATIC = Path(tillit.web.__file__).parent / "static"
VENDOR = STATIC / "vendor"


def test_every_vendored_file_is_the_one_that_the_manifest_names():
    manifest = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
    told = {one["file"]: one["sha256"] for one in manifest}
    there = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.iterdir()
        if path.name != "manifest.json"
    }
    assert there == told


def test_every_vendored_package_has_an_open_licence():
    manifest = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
    assert {one["licence"] for one in manifest} == {"MIT", "OFL-1.1"}


def test_no_static_file_asks_another_server_for_anything():
    asked = {
        (path.name, address)
        for path in STATIC.rglob("*")
        if path.suffix in {".css", ".js"}
        for address in re.findall(r"https?://[^\s\"')]+", path.read_text(encoding="utf-8"))
    }
    # The name of a language, inside pictures that lie in the file itself.
    assert asked == {("designsystemet.css", "http://www.w3.org/2000/svg")}
