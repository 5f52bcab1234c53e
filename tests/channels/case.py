"""Ada with a channel, and Google's messages carried to Odoo's door one by one."""

from datetime import timedelta

from odoo import fields
from odoo.tools import config

from ..sync_case import SyncCase


class ChannelCase(SyncCase):
    """Messages wait in the sandbox until the test hands them over."""

    def setUp(self):
        super().setUp()
        self.push = self.world.channels
        self.push.held = True
        self.addCleanup(self.world.channels.__init__, self.world)

    def keep(self):
        self.env.ref("google_sync.ir_cron_channels").method_direct_trigger()

    def channels(self, account=None):
        return (account or self.account).sudo()._channels()

    def knocks(self):
        self.env.cr.execute("SELECT count(*) FROM google_sync_knock")
        return self.env.cr.fetchone()[0]

    def hear(self, *messages):
        for message in messages:
            self.env["google.sync.channel"]._heard(message.headers)

    def watched(self):
        """A run, its channel, Google's first message, and the look after it."""
        self.sync()
        self.keep()
        self.hear(*self.push.take())
        self.clock(2)
        self.push.take()
        return self.channels()

    def clock(self, seconds=0):
        """What the scheduled action does in so many seconds; the runs it left."""
        with self.at(fields.Datetime.now() + timedelta(seconds=seconds)):
            self.env.ref("google_sync.ir_cron_synchronise").method_direct_trigger()

    def counted(self):
        return dict(self.world.counters.requests)

    def here(self):
        return f"http://127.0.0.1:{config['http_port']}/google_sync/notify"
