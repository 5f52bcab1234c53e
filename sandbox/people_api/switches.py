"""The switches of the simulated People API: ``world.people``."""

from dataclasses import dataclass, field

from .quota import PeopleQuota

MEGABYTE = 1024 * 1024


@dataclass
class PeopleSwitches:
    """Tests and demo change these at will.

    ``lag``: seconds of the world's clock before a write shows in lists (get sees it at
    once). ``one_at_a_time``: a write while another one of the same account is running
    is 409 ABORTED; give the world some ``latency`` for that to happen.
    ``photo_bytes`` and ``contacts``: the most that is accepted.
    """

    quota: PeopleQuota
    lag: float = 0.0
    one_at_a_time: bool = False
    photo_bytes: int = MEGABYTE
    contacts: int = 25_000
    sync_generation: int = 0
    writing: set = field(default_factory=set, repr=False)  # accounts, see ``turns``

    def expire_sync_tokens(self):
        """Every People sync token handed out so far answers EXPIRED_SYNC_TOKEN."""
        self.sync_generation += 1
