"""How Sphinx builds the documentation: `./go docs` at the root of the project."""

import sys
from pathlib import Path

import glasshouse

sys.path.insert(0, str(Path(__file__).parent))

project = "Glasshouse"
author = "The Glasshouse authors"
copyright = author
version = release = glasshouse.__version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "making"]
exclude_patterns = ["_build"]
# A rule is a heading of the fourth order under its section of the second.
suppress_warnings = ["myst.header"]
myst_heading_anchors = 3

# Tutorials are executed whenever the pages are built: what they show is what this version does.
nb_execution_mode = "force"
nb_execution_in_temp = True
nb_execution_raise_on_error = True
nb_execution_show_tb = True
# Loops are compiled on their first use, which takes a minute or two of a slow machine.
nb_execution_timeout = 1200
# What a cell says on stderr is a warning that a reader should not have to see.
nb_output_stderr = "warn"

autodoc_typehints = "none"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_ivar = True

html_theme = "sphinx_book_theme"
html_title = "Glasshouse"
html_static_path = ["_static"]
html_css_files = ["pages.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    "use_download_button": False,
    "use_fullscreen_button": False,
    "show_toc_level": 2,
}
