"""Takes the pictures; called by script/screens with the virtual environment's Python:
python -m lib.screens.worker FOLDER ODOO DATABASE [NAME...].
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from ..demo.people import OdooUser
from ..demo.users import ADMIN, MARIE, PAUL
from .pages import PAGES, READY, Page
from .tab import Tab, Trouble, chromium

PEOPLE = {"paul": PAUL, "marie": MARIE, "admin": ADMIN}
LANGUAGES = {"fr": "fr_FR", "en": "en_US"}
WIDTHS = {"desktop": (1366, 900), "phone": (390, 844)}
#: Transitions of dialogues and menus.
REST = 0.6
TALLEST = 4000
#: What the button would do, whether or not the page shows it.
OPEN = """(async () => {
    const { action, orm } = odoo.__WOWL_DEBUG__.root.env.services;
    const { user } = odoo.loader.modules.get("@web/core/user");
    action.doAction(await orm.call("res.users", "%s", [[user.userId]]));
})()"""
QUIET = """
    !document.querySelector('.o_loading_indicator, .o_blockUI, .o_view_sample_data')
"""


class Taker:
    def __init__(self, tab: Tab, folder: Path, odoo: str, database: str) -> None:
        self.tab, self.folder, self.odoo, self.database = tab, folder, odoo, database
        self.failed: list[str] = []

    def let_paul_help(self) -> None:
        """Paul, who has no account himself, may synchronise Marie's agenda."""
        marie = OdooUser(self.odoo, self.database, *MARIE)
        paul = OdooUser(self.odoo, self.database, *PAUL)
        right = [("account_id.user_id", "=", marie.uid), ("user_id", "=", paul.uid)]
        if not marie.call("google.sync.delegate", "search", right):
            values = {"user_id": paul.uid, "agenda": True}
            marie.call("google.sync.delegate", "create", [values])

    def everything(self, pages: list[Page]) -> None:
        for login, person in PEOPLE.items():
            theirs = [page for page in pages if page.who == login]
            user = OdooUser(self.odoo, self.database, *person) if theirs else None
            for short, lang in LANGUAGES.items() if user else ():
                (row,) = user.call("res.users", "read", [user.uid], ["lang"])
                before = row["lang"]
                user.call("res.users", "write", [user.uid], {"lang": lang})
                try:
                    self.log_in(person)
                    for page in theirs:
                        self.take(page, short)
                finally:
                    user.call("res.users", "write", [user.uid], {"lang": before})

    def log_in(self, person: tuple[str, str]) -> None:
        self.tab.forget()
        # As their preferences say: else a page shows two times of one moment.
        self.tab.call("Emulation.setTimezoneOverride", timezoneId="Europe/Paris")
        self.tab.open(f"{self.odoo}/web/health")
        self.tab.wait("document.body && document.body.innerText.includes('pass')")
        params = {"db": self.database, "login": person[0], "password": person[1]}
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        self.tab.run(
            f"""fetch('/web/session/authenticate', {{
                method: 'POST', body: {body!r},
                headers: {{'Content-Type': 'application/json'}},
            }}).then(answer => answer.text())"""
        )

    def take(self, page: Page, language: str) -> None:
        for width, size in WIDTHS.items():
            name = f"{page.name}.{language}.{width}"
            try:
                self.show(page, *size)
                self.tab.picture(self.folder / f"{name}.png")
            except Trouble as trouble:
                self.tab.picture(self.folder / f"{name}.FAILED.png")
                self.failed.append(f"{name}: {trouble}")
            self.failed += [f"{name}: {error}" for error in self.tab.errors]
            self.tab.errors.clear()

    def show(self, page: Page, width: int, height: int) -> None:
        self.tab.size(width, height)
        self.tab.open("about:blank")
        self.tab.open(f"{self.odoo}{page.path}")
        self.tab.wait(f"document.querySelector({READY!r})")
        self.tab.wait(QUIET)
        time.sleep(REST)
        for selector in page.presses:
            self.tab.press(selector)
            time.sleep(REST)
        if page.opens:
            self.tab.run(OPEN % page.opens)
        self.tab.wait(f"document.querySelector({page.shows!r})")
        self.tab.wait(QUIET)
        # As tall as what scrolls, so that one picture shows all of it.
        tall = self.tab.run(
            """Math.max(...[...document.querySelectorAll(
                '.o_content, .modal, .settings, .o_action_manager')]
                .map(e => e.scrollHeight + e.getBoundingClientRect().top), 0)"""
        )
        self.tab.size(width, int(min(max(height, tall or 0), TALLEST)))
        time.sleep(REST)


def main(folder: str, odoo: str, database: str, *names: str) -> int:
    wanted = [page for page in PAGES if not names or page.name in names]
    with chromium() as browser:
        taker = Taker(browser.tab(), Path(folder), odoo, database)
        taker.let_paul_help()
        taker.everything(wanted)
    for line in taker.failed:
        print(line, file=sys.stderr)
    count = len(wanted) * len(LANGUAGES) * len(WIDTHS)
    print(f"{count} pictures in {folder}, {len(taker.failed)} troubles")
    return bool(taker.failed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
