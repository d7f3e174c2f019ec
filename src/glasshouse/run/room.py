"""Memory and disk of this machine, as far as a run may use them."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

SPARED = 0.95
"""Share of the memory that is free which a run may take: the system needs some itself."""
GROUPS = Path("/sys/fs/cgroup")
KIBIBYTE = 1024


def memory_of_machine() -> int | None:
    """Memory of this machine in bytes; None where the system does not say.

    Examples
    --------
    >>> memory = memory_of_machine()
    >>> memory is None or memory > 0
    True
    """
    try:
        whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None
    limit = _limit_of_group()
    return whole if limit is None else min(whole, limit)


def free_memory() -> int | None:
    """Memory in bytes that this process may still take; None where the system does not say.

    Examples
    --------
    >>> memory = free_memory()
    >>> memory is None or memory > 0
    True
    """
    known = [each for each in (_available(), _free_in_group()) if each is not None]
    return min(known) if known else memory_of_machine()


def memory_taken() -> int:
    """Memory in bytes that this process takes; 0 where the system does not say."""
    return _from_status("VmRSS")


def peak_memory() -> int:
    """The most memory in bytes that this process ever took; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(most if sys.platform == "darwin" else most * KIBIBYTE)


def free_disk(folder: Path) -> int:
    """Bytes that can be written to the disk a folder is on, or would be."""
    there = folder.absolute()
    while not there.exists() and there != there.parent:
        there = there.parent
    return shutil.disk_usage(there).free


def sized(size: float) -> str:
    """Bytes in words.

    Examples
    --------
    >>> sized(16e9), sized(3_000_000)
    ('14.9 GiB', '2.9 MiB')
    """
    return f"{size / 2**30:,.1f} GiB" if size >= 2**30 / 10 else f"{size / 2**20:,.1f} MiB"


def _available() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        found = next(line for line in lines if line.startswith("MemAvailable:"))
        return int(found.split()[1]) * KIBIBYTE
    except (OSError, StopIteration, ValueError):
        return None


def _from_status(name: str) -> int:
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return int(next(line for line in lines if line.startswith(name)).split()[1]) * KIBIBYTE
    except (OSError, StopIteration, ValueError):
        return 0


def _limit_of_group() -> int | None:
    """The limit that a container sets; None where there is none."""
    for name in ("memory.max", "memory/memory.limit_in_bytes"):
        try:
            limit = int((GROUPS / name).read_text(encoding="ascii"))
        except (OSError, ValueError):
            continue
        return limit if limit < 2**60 else None
    return None


def _free_in_group() -> int | None:
    limit = _limit_of_group()
    if limit is None:
        return None
    for name in ("memory.current", "memory/memory.usage_in_bytes"):
        try:
            used = int((GROUPS / name).read_text(encoding="ascii"))
        except (OSError, ValueError):
            continue
        return max(limit - used + _cache_of_group(), 0)
    return limit


def _cache_of_group() -> int:
    """Bytes of files that the container's memory holds only because it has room for them."""
    for name in ("memory.stat", "memory/memory.stat"):
        try:
            lines = (GROUPS / name).read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        words = dict(line.split()[:2] for line in lines if len(line.split()) >= 2)
        return int(words.get("inactive_file", 0))
    return 0
