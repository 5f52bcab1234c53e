"""The documentation: pages that are made of the code, and the site of all of them."""
