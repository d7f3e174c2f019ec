"""Links of a page to files outside the folder of the documentation."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from sphinx.errors import ExtensionError

LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((\.{1,2}/[^)\s#]+)(?:#[^)\s]*)?\)")
FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[`~]* *$|\Z)", re.MULTILINE | re.DOTALL)
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
        label = " ".join(found[1].split())
        names_it = "/" in label or path.endswith(label.strip("`"))
        return f"`{path}`" if names_it else f"{label} (`{path}`)"

    parts, end = [], 0
    for fenced in FENCED.finditer(text):
        parts += [LINK.sub(named, text[end : fenced.start()]), fenced[0]]
        end = fenced.end()
    return "".join([*parts, LINK.sub(named, text[end:])])
