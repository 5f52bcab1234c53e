"""The server's access log tells that Google answered, not what.

The address of the way back holds a code and a state. They are good for one use and are
used up by then, but a log is kept for longer and read by more people.
"""

import logging
import re

from .res_company import CALLBACK_PATH

_ANSWER = re.compile(re.escape(CALLBACK_PATH) + r"\?[^\s\"']*")


class WithoutAnswer(logging.Filter):
    def filter(self, record):
        line = record.getMessage()
        if CALLBACK_PATH in line:
            record.msg, record.args = _ANSWER.sub(f"{CALLBACK_PATH}?...", line), ()
        return True


logging.getLogger("werkzeug").addFilter(WithoutAnswer())
