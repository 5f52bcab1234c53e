"""How Sphinx builds the site of these pages (script/docs): nothing of it is fetched."""

project = "google_sync"
author = copyright = "google_sync contributors"
html_title = "Google Sync"

extensions = ["myst_parser"]
root_doc = "docs/index"
# Links to headings, as GitHub makes them.
myst_heading_anchors = 4
nitpicky = True

html_theme = "furo"
html_show_sphinx = False
html_copy_source = False
