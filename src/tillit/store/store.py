"""The store: deliveries as Parquet with provenance; nothing is ever half stored."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from tillit.errors import RefusedError
from tillit.store.delivery import Delivery, delivery_number, sha256_of
from tillit.store.persons import Persons


class FileChangedError(RefusedError):
    """A file was written to while it was being read."""


class OtherKeyError(RefusedError):
    """The data was stored with another key: one person would be two."""


class Store:
    """Deliveries on disk: `folder` holds pseudonymised data, `protected` the received bytes and the way back.

    folder/deliveries/<sha256>/ has delivery.json and one Parquet file a table.
    protected/ has the key, the identities, the access log, and received/<sha256>.
    Raises: OtherKeyError when the data lies with another protected folder than the one it was stored with.
    """

    def __init__(self, folder: Path, protected: Path) -> None:
        self.folder = folder
        self.persons = Persons(protected)
        self._deliveries = folder / "deliveries"
        self._deliveries.mkdir(parents=True, exist_ok=True)
        self._received = protected / "received"
        self._received.mkdir(exist_ok=True)
        self._hold_to_one_key()

    def _hold_to_one_key(self) -> None:
        kept = self.folder / "key-fingerprint"
        if not kept.exists():
            kept.write_text(self.persons.fingerprint(), encoding="ascii")
        elif kept.read_text(encoding="ascii") != self.persons.fingerprint():
            raise OtherKeyError(
                "the data was stored with another key than that of the protected folder",
                where=str(self.folder),
                fix="give the protected folder that belongs to it, or put the data in a new folder",
            )

    def receive(self, path: Path) -> tuple[Delivery, Path]:
        """Keeps a file's bytes unchanged, and gives its delivery and the kept copy to read from.

        Raises: FileChangedError when the file changed under the copying.
        """
        before = path.stat()
        handle, draft = tempfile.mkstemp(dir=self._received, prefix="draft-")
        draft_path = Path(draft)
        try:
            with path.open("rb") as source, open(handle, "wb") as copy:
                shutil.copyfileobj(source, copy, 1 << 20)
            after = path.stat()
            if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
                raise FileChangedError("the file changed while it was read", where=path.name, fix="run again")
            sha256 = sha256_of(draft_path)
            kept = self._received / sha256
            draft_path.replace(kept)
        finally:
            draft_path.unlink(missing_ok=True)
        return Delivery(sha256, path.name, before.st_size, self._number(sha256)), kept

    def _number(self, sha256: str) -> int:
        number = delivery_number(sha256)
        taken = {each.number: each.sha256 for each in self.deliveries()}
        while taken.get(number, sha256) != sha256:  # two deliveries of one number: one in a thousand millions
            number += 1
        return number

    def find(self, sha256: str) -> Delivery | None:
        """The delivery with these bytes, if it has been stored."""
        file = self._deliveries / sha256 / "delivery.json"
        return Delivery.from_json(file.read_text(encoding="utf-8")) if file.exists() else None

    def deliveries(self) -> Iterator[Delivery]:
        """Every stored delivery, in the order of their sha256."""
        for file in sorted(self._deliveries.glob("*/delivery.json")):
            yield Delivery.from_json(file.read_text(encoding="utf-8"))

    @contextmanager
    def draft(self, delivery: Delivery) -> Iterator[Path]:
        """A folder to write the delivery's Parquet files in; it counts only when the block ends well."""
        folder = Path(tempfile.mkdtemp(dir=self._deliveries, prefix=".draft-"))
        try:
            yield folder
            (folder / "delivery.json").write_text(delivery.to_json(), encoding="utf-8")
            place = self._deliveries / delivery.sha256
            if place.exists():
                shutil.rmtree(place)
            folder.rename(place)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def clear_half_made(self, *, before: datetime) -> int:
        """Takes away what a reading or a run that was killed has left, where it is older. Gives how many things."""
        left = [
            *self._received.glob("work-*"),
            *self._received.glob("draft-*"),
            *self._deliveries.glob(".draft-*"),
            *self.folder.glob(".run-*"),
        ]
        old = [one for one in left if one.stat().st_mtime < before.timestamp()]
        for one in old:
            remove(one)
        return len(old)

    def parquet(self, table: str, sha256s: Iterable[str]) -> list[Path]:
        """The files that hold a table's rows in these deliveries, in the order of their sha256."""
        files = (self._deliveries / sha256 / f"{table}.parquet" for sha256 in sorted(set(sha256s)))
        return [file for file in files if file.exists()]


def remove(path: Path) -> None:
    """Takes away a file, or a folder with what is in it."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
