"""One half of a run at work: what the agenda has for its own, and what the contacts.

What both do alike is written once: the loop in `loop`, a plan in `preview`, what came
of it in `outcome`.
"""

from dataclasses import dataclass, field

from ...sync.report import Report


@dataclass(frozen=True)
class Came:
    """What a half came to in one slice. lines: values, of a preview."""

    state: str
    message: str = ""
    report: Report = field(default_factory=Report)
    requests: int = 0
    seconds: float = 0.0
    lines: tuple = ()


class Work:
    """One half of `account` in one slice of `run`."""

    #: The fields in which the account keeps it.
    half = None

    def __init__(self, account, run):
        self.account = account
        self.run = run
        #: Called between two steps of a plan, with the changes found until then.
        self.watch = lambda found=0: None

    def client(self, paced):
        """Google's side of it. Raises the Stop that says why there is none."""
        raise NotImplementedError

    def keep_usage(self, client):
        """Note on the account what was used of Google's quota."""
        raise NotImplementedError

    def steps(self, client, report, checkpoint):
        """The engine's steps; after each everything is committed."""
        raise NotImplementedError

    def planned(self, client, report):
        """Values of the lines of a run that is rolled back again."""
        raise NotImplementedError

    def done(self, now):
        """Values of the account when all was looked at."""
        raise NotImplementedError

    def words(self, report):
        """What is left to tell of a half that came to its end; "" for nothing."""
        raise NotImplementedError

    def explain(self, stop, again_at=None):
        """What to tell of a refusal; `again_at`: when it is tried again by itself."""
        return self.account._explain(stop, again_at)

    def is_everybodys(self, _stop):
        """The refusal holds for all accounts of the application."""
        return False

    def learn(self):
        """Keep what was learnt of Google's side."""
