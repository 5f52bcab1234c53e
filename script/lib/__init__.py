"""What the project's commands share: Odoo, PostgreSQL and Python packages in one work
folder.

Standard library only: these modules run before any virtual environment exists.
"""

import sys

LOWEST, HIGHEST = (3, 10), (3, 13)

# Must come before any import below that an older Python could not even read.
if not LOWEST <= sys.version_info[:2] <= HIGHEST:
    sys.exit(
        "{}: Python {}.{} is not supported; run it with Python 3.10 to 3.13,"
        " for example: python3.11 {}".format(
            sys.argv[0], *sys.version_info[:2], sys.argv[0]
        )
    )
