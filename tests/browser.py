"""What makes the tours quick: one browser for a class, and only the bundles they open.

Odoo's harness starts a Chromium for each tour, which costs a second and compiles Odoo's
scripts anew, and prepares the bundles of every page that there is. Here each tour gets
a page of its own, with no cookie and nothing stored of the one before.
"""

import shutil
from concurrent.futures import wait
from unittest.mock import patch

import requests
import websocket

from odoo.tests import common

from odoo.addons.base.models.ir_qweb import IrQweb

OPENED = {
    "web.__assets_tests_call__",
    "web.assets_frontend",
    "web.assets_frontend_lazy",
    "web.assets_frontend_minimal",
    "web.assets_tests",
    "web.assets_web",
    "web.assets_web_print",
}
_to_prepare = IrQweb._get_bundles_to_pregenarate


def _opened(qweb):
    """Of Odoo's bundles to prepare, those of the pages that a test opens."""
    scripts, styles = _to_prepare(qweb)
    return scripts & OPENED, styles & OPENED


# Odoo prepares them once the tests are imported and before any class is set up.
IrQweb._get_bundles_to_pregenarate = _opened


class Chromium:
    """One that stays up for a class: its process, and the port of its tools."""

    def __init__(self, process, port, folder):
        self.process, self.port, self.folder = process, port, folder

    def ask(self, what, method="get"):
        url = f"http://{common.HOST}:{self.port}/json/{what}"
        return requests.request(method, url, timeout=10)

    def close_pages(self):
        """And the workers that pages share: the next page must have its own."""
        for target in self.ask("list").json():
            self.ask(f"close/{target['id']}")

    def end(self):
        self.process.terminate()
        self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)


class Page(common.ChromeBrowser):
    """A page of the class's Chromium, where Odoo's harness wants a browser."""

    def _chrome_start(self, user_data_dir, *args, **options):
        case = type(self.test_case)
        kept = vars(case).get("chromium")
        if kept and kept.process.poll() is None:
            shutil.rmtree(user_data_dir, ignore_errors=True)
        else:
            started = super()._chrome_start(user_data_dir, *args, **options)
            kept = case.chromium = Chromium(*started, user_data_dir)
            case.addClassCleanup(kept.end)
        self.chromium = kept
        return kept.process, kept.port

    def _open_websocket(self):
        page = self.chromium.ask("new?about:blank", "put").json()
        ws = websocket.create_connection(
            page["webSocketDebuggerUrl"], enable_multithread=True, suppress_origin=True
        )
        ws.settimeout(0.01)
        return ws

    def stop(self):
        if hasattr(self, "ws"):
            self._websocket_request("Page.stopLoading")
            wait(self._responses.values(), 10)
            self._result.cancel()
            stored = {"origin": self.test_case.base_url(), "storageTypes": "all"}
            self._websocket_request("Storage.clearDataForOrigin", params=stored)
            self._websocket_request("Network.clearBrowserCookies")
            self.ws.close()
        self.chromium.close_pages()


class QuickTours:
    """Mixed into an HttpCase."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(common, "ChromeBrowser", Page))
