"""What a process has needed of memory at most."""

from pathlib import Path


def peak_gb() -> float:
    """Gigabytes that this process has held at most; what began it does not count, as it does in `getrusage`."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))) / 1e6
