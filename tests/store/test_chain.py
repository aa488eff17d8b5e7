"""The chain of the log, proved by a file that needs nothing but Python."""

import json
import subprocess
import sys

import pytest

from tillit.store import chain


def log(count):
    """A log of some lines, as it is exported."""
    lines, previous = [], chain.FIRST
    for number in range(1, count + 1):
        line = dict.fromkeys(chain.HASHED, "")
        line |= {"count": number, "what": f"åtgärd {number}", "details": {"b": 1, "a": [2]}, "previous": previous}
        previous = line["hash"] = chain.hash_of(line)
        lines.append(line)
    return lines


def test_a_whole_log_has_no_fault():
    assert chain.faults(log(20)) == []


def test_the_order_of_parts_and_what_stands_beside_them_are_no_part_of_the_hash():
    line = log(1)[0]
    turned = dict(reversed(line.items())) | {"username": "asta"}
    assert chain.hash_of(turned) == line["hash"]


@pytest.mark.parametrize("part", [part for part in chain.HASHED if part not in {"count", "previous"}])
def test_a_changed_part_is_seen(part):
    lines = log(5)
    lines[2][part] = "annat"
    assert chain.faults(lines) == [chain.Fault(3, "the line has been changed")]


def test_a_removed_line_is_seen():
    lines = log(5)
    del lines[2]
    assert chain.faults(lines) == [
        chain.Fault(4, "it comes after 2: lines are missing, doubled or moved"),
        chain.Fault(4, "it does not follow the line before"),
    ]


def test_a_log_cut_short_or_made_anew_is_seen_by_a_head_that_was_written_down():
    lines = log(5)
    heads = {5: lines[4]["hash"]}
    made_anew = log(5)
    made_anew[0]["what"] = "annat"
    previous = chain.FIRST
    for line in made_anew:
        line["previous"] = previous
        previous = line["hash"] = chain.hash_of(line)
    assert chain.faults(lines, heads) == []
    assert chain.faults(lines[:4], heads) == [chain.Fault(5, "it was written down, and the log ends at 4")]
    assert chain.faults(made_anew) == []
    assert chain.faults(made_anew, heads) == [chain.Fault(5, "it is not the head that was written down")]


def test_a_sealed_line_keeps_its_place_and_says_nothing():
    lines = log(3)
    sealed = {"count": 2, "previous": lines[1]["previous"], "hash": lines[1]["hash"], "sealed": True}
    assert chain.faults([lines[0], sealed, lines[2]]) == []
    assert chain.faults([lines[0], sealed | {"hash": "0" * 64}, lines[2]]) == [
        chain.Fault(3, "it does not follow the line before")
    ]


def prove(path, *more):
    # -I: without site-packages of ours, from another folder, as an auditor would.
    done = subprocess.run([sys.executable, "-I", chain.__file__, str(path), *more], capture_output=True, text=True)
    return done.returncode, done.stdout


def test_the_file_alone_proves_an_exported_log(tmp_path):
    path, lines = tmp_path / "log.jsonl", log(3)
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    head = lines[2]["hash"]
    assert prove(path) == (0, f"unbroken; the head is 3 {head}\n")
    assert prove(path, "3", head) == (0, f"unbroken; the head is 3 {head}\n")
    lines[1]["what"] = "annat"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    assert prove(path) == (1, f"{path}: line 2: the line has been changed\n")
