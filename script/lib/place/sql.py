"""Runs statements with psycopg2, as a program of the virtual environment: the commands
have no driver.

Called by ``databases.py``: a JSON list of ``[statement, parameters]`` on stdin, the
rows of the last one as JSON on stdout. Each statement is its own transaction (CREATE
DATABASE allows no other).
"""

import json
import sys

import psycopg2


def main() -> int:
    try:
        connection = psycopg2.connect(dbname=sys.argv[1])
        connection.autocommit = True
        rows = []
        with connection.cursor() as cursor:
            for statement, parameters in json.load(sys.stdin):
                cursor.execute(statement, parameters)
                rows = cursor.fetchall() if cursor.description else []
        json.dump(rows, sys.stdout, default=str)
    except psycopg2.Error as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
