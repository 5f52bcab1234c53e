"""Google's knocks. Whoever knocks gets the same answer, within milliseconds.

A server with several databases does not know from the request which one is meant: the
address of each channel names it, and the route is there without a database too.
"""

from werkzeug.routing import Rule

from odoo import SUPERUSER_ID, api, http
from odoo.http import request
from odoo.modules.registry import Registry
from odoo.tools import config

from ..models.channels.keeping import NOTIFY_PATH

MODULE = "google_sync"
MODEL = "google.sync.channel"


class GoogleSyncNotify(http.Controller):
    @http.route(
        NOTIFY_PATH,
        type="http",
        auth="none",
        readonly=False,
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def notify(self, db=None, **_kw):
        """Something changed in a calendar, says whoever calls."""
        headers = request.httprequest.headers
        if request.db:
            _hear(request.env.cr, headers)
        elif db and db in http.db_list(force=True):
            registry = Registry(db)
            if MODEL in registry:
                with registry.cursor() as cr:
                    _hear(cr, headers)
        return request.make_response("", status=204)


def _hear(cr, headers):
    # Nobody is signed in: it reads and adds to the addon's own rows only.
    api.Environment(cr, SUPERUSER_ID, {})[MODEL]._heard(headers)


def _serve_without_database():
    """Odoo has routes without a database only for modules that it loads by name.

    Where this one is none of them, it is there from the first database that has it.
    """
    if MODULE in config["server_wide_modules"]:
        return
    routes = http.root.nodb_routing_map
    for url, endpoint in http._generate_routing_rules([MODULE], nodb_only=True):
        if url == NOTIFY_PATH:
            routes.add(Rule(url, endpoint=endpoint, methods=["POST"]))


_serve_without_database()
