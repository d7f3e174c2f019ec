"""Links of a page to files outside the folder of the documentation."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from sphinx.errors import ExtensionError

LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((\.{1,2}/[^)\s#]+)(?:#[^)\s]*)?\)")
FENCE = re.compile(r"^ {0,3}(```+|~~~+|:::+)")
FOLDER = "docs"


def named_outside(text: str, page: str, root: Path) -> str:
    """The page with links to files outside of it told as the names of these files.

    Parameters
    ----------
    text : str
        Markdown.
    page : str
        The page's name in the documentation, without suffix.
    root : Path
        Folder of the project.

    Raises
    ------
    ExtensionError
        For a link to a file that is not there.
    """
    folder = posixpath.join(FOLDER, posixpath.dirname(page))

    def named(found: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(folder, found[2]))
        if path.startswith(f"{FOLDER}/"):
            return found[0]
        if not (root / path).exists():
            raise ExtensionError(f"{page}: {found[2]} is no file of the project")
        label = found[1].strip("`")
        return f"`{path}`" if path.endswith(label) else f"{found[1]} (`{path}`)"

    lines, fence = [], ""
    for line in text.splitlines(keepends=True):
        mark = FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        lines.append(line if fence else LINK.sub(named, line))
    return "".join(lines)
