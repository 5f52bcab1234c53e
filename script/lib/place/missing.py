"""Run by another Python: names the packages of the given lists that it lacks.

A package that is there under another name counts, as Debian packs them: psycopg2 for
psycopg2-binary. What Odoo itself can do without is not asked for.
"""

import re
import sys
from importlib import metadata
from pathlib import Path

OTHER_NAMES = {
    "psycopg2-binary": "psycopg2",
    "lxml-html-clean": "lxml",
    "pypdf": "PyPDF2",
    "python-magic": "file-magic",
}
# Odoo imports them when they are there, or for devices and old spreadsheets only.
DISPENSABLE = {
    "asn1crypto",
    "cbor2",
    "freezegun",
    "geoip2",
    "google-auth-oauthlib",
    "lxml-html-clean",
    "ofxparse",
    "openpyxl",
    "pyserial",
    "python-magic",
    "pyusb",
    "qrcode",
    "tzdata",
    "xlrd",
    "xlwt",
    "zeep",
}


def main(lists):
    wanted = [
        re.split(r"[<>=!~; ]", line, maxsplit=1)[0].lower()
        for path in lists
        for line in Path(path).read_text().splitlines()
        if line.strip() and not line.startswith("#")
    ]
    needed = [name for name in wanted if name not in DISPENSABLE]
    missing = [name for name in needed if not is_there(name)]
    print(*dict.fromkeys(missing), sep="\n")


def is_there(name):
    return any(_installed(known) for known in (name, OTHER_NAMES.get(name)) if known)


def _installed(name):
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


if __name__ == "__main__":
    main(sys.argv[1:])
