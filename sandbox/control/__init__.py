"""The sandbox's own side: control API and web page. Not part of Google."""
