"""Chromium without a screen, led over its debugging protocol: pages are opened, pressed
and photographed.

Runs with the virtual environment's Python, which has the package `websocket`.
"""

from __future__ import annotations

import base64
import contextlib
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import websocket

from ..place.chromium import NAMES

PATIENCE = 120.0
STEP = 0.1
SWITCHES = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"),
    *("--disable-dev-shm-usage", "--hide-scrollbars", "--mute-audio"),
    *("--disable-background-networking", "--remote-allow-origins=*"),
    "--remote-debugging-port=0",
)


class Trouble(Exception):
    """The page did not do what was expected."""


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A browser of its own, forgotten afterwards."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if not program:
        raise Trouble("there is no Chromium (Debian: apt-get install chromium)")
    with tempfile.TemporaryDirectory() as profile:
        process = subprocess.Popen(
            [program, *SWITCHES, f"--user-data-dir={profile}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield Browser(Path(profile))
        finally:
            process.terminate()
            process.wait()


class Browser:
    def __init__(self, profile: Path) -> None:
        self._port = self._wait_for_port(profile / "DevToolsActivePort")
        self._opener = build_opener(ProxyHandler({}))

    @staticmethod
    def _wait_for_port(path: Path) -> int:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, IndexError, ValueError):
                return int(path.read_text().split()[0])
            time.sleep(STEP)
        raise Trouble("Chromium does not start")

    def tab(self) -> Tab:
        """The page that it opened with."""
        address = f"http://127.0.0.1:{self._port}/json/list"
        with self._opener.open(address, timeout=PATIENCE) as answer:
            pages = json.load(answer)
        page = next(page for page in pages if page["type"] == "page")
        return Tab(page["webSocketDebuggerUrl"])


class Tab:
    """One page of the browser."""

    def __init__(self, address: str) -> None:
        self._socket = websocket.create_connection(
            address, timeout=PATIENCE, suppress_origin=True
        )
        self._last = 0
        self.errors: list[str] = []
        """What the page's scripts threw or logged as errors."""
        for domain in ("Page", "Runtime", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: object) -> dict:
        wanted = self._last = self._last + 1
        message = {"id": wanted, "method": method, "params": params}
        self._socket.send(json.dumps(message))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == wanted:
                if "error" in answer:
                    raise Trouble(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self._note(answer)

    def _note(self, event: dict) -> None:
        params = event.get("params", {})
        if event.get("method") == "Page.javascriptDialogOpening":
            # "Leave this page?": yes. Its answer comes among the others.
            self._last += 1
            answer = {"id": self._last, "method": "Page.handleJavaScriptDialog"}
            self._socket.send(json.dumps({**answer, "params": {"accept": True}}))
        if event.get("method") == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            thrown = details.get("exception", {}).get("description", details["text"])
            self.errors.append(thrown.split("\n")[0])

    # -- what it does ------------------------------------------------------------------

    def size(self, width: int, height: int) -> None:
        """As a phone, when it is narrow."""
        phone = width < 768
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=phone,
        )
        self.call("Emulation.setTouchEmulationEnabled", enabled=phone)

    def forget(self) -> None:
        """Nobody is logged in."""
        self.call("Network.clearBrowserCookies")

    def open(self, url: str) -> None:
        self.call("Page.navigate", url=url)

    def run(self, script: str) -> object:
        """The value of a JavaScript expression; promises are waited for."""
        answer = self.call(
            "Runtime.evaluate",
            expression=script,
            awaitPromise=True,
            returnByValue=True,
        )
        if "exceptionDetails" in answer:
            raise Trouble(f"{script[:80]}: {answer['exceptionDetails']['text']}")
        return answer["result"].get("value")

    def wait(self, script: str, patience: float = PATIENCE) -> None:
        """Returns when the expression is true."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            with contextlib.suppress(Trouble):
                if self.run(f"Boolean({script})"):
                    return
            time.sleep(STEP)
        raise Trouble(f"not to be seen: {script}")

    def press(self, selector: str) -> None:
        """Clicks on what is there, or comes soon."""
        found = f"document.querySelector({json.dumps(selector)})"
        self.wait(f"{found} && {found}.getClientRects().length", patience=30)
        self.run(f"{found}.scrollIntoView({{block: 'center'}})")
        self.run(f"{found}.click()")

    def picture(self, path: Path) -> None:
        """The whole page, as far as it scrolls."""
        answer = self.call("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(answer["data"]))
