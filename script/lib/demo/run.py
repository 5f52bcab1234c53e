"""One call of the demo: the servers it runs and the story it tells."""

from __future__ import annotations

import argparse
import contextlib
import signal
import time

from .. import ports, processes, steps
from ..place import environment
from ..steps import step
from . import contacts, people, place, servers, story, summary, users
from .account import Account

CALLBACK = "/google_sync/oauth2/callback"


def parser(program: str, description: str | None) -> argparse.ArgumentParser:
    """With the options that every such program has."""
    made = argparse.ArgumentParser(
        prog=program,
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--fresh", action="store_true", help="start over")
    made.add_argument(
        "--port", type=_port, default=8069, help="Odoo's port (default 8069)"
    )
    made.add_argument(
        "--sandbox-port",
        type=_port,
        default=8070,
        help="the port of the simulated Google (default 8070)",
    )
    made.add_argument(
        "--interface",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="where both listen (default 127.0.0.1: this machine alone); their"
        " passwords are a demo's",
    )
    return made


def parse(made: argparse.ArgumentParser, args: list[str]) -> argparse.Namespace:
    options = made.parse_args(args)
    if options.port == options.sandbox_port:
        made.error("Odoo and the sandbox need different ports")
    return options


def _port(text: str) -> int:
    if not (text.isdigit() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text} is no port: give 1 to 65535")
    return int(text)


def run(kind: type[Demo], options: argparse.Namespace) -> int:
    """The whole of it, stopped at its end whatever happens."""
    # Also when the terminal is closed, or a script started us in the background.
    signal.signal(signal.SIGHUP, signal.getsignal(signal.SIGTERM))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with place.alone():
        ports.require_free(options.port, "Odoo", "--port")
        ports.require_free(options.sandbox_port, "the sandbox", "--sandbox-port")
        with environment.prepare() as env, contextlib.ExitStack() as cleanup:
            return kind(env, options, cleanup).run()


class Demo:
    """One call: the servers it runs and the story it tells."""

    def __init__(
        self,
        env: environment.Environment,
        options: argparse.Namespace,
        cleanup: contextlib.ExitStack,
    ):
        self.env = env
        self.options = options
        self.place = place.Place(env)
        self.odoo_url = f"http://localhost:{options.port}"
        self.google_url = f"http://localhost:{options.sandbox_port}"
        self._cleanup = cleanup
        # The last to go, whatever was left by then.
        cleanup.callback(processes.end_marked)

    def run(self) -> int:
        is_new = self.options.fresh or not self.place.is_kept()
        if is_new:
            self.place.forget()
        sandbox = self.start_sandbox()
        self.prepare_database(is_new)
        # Without scheduled actions: they would be quicker than the story.
        odoo = self.start_odoo(scheduled=False)
        account = self.set_up(is_new)
        text, good = self.tell(account)
        print(text, flush=True)
        if self.options.once:
            return self.finish(good)
        odoo.stop()
        odoo = self.start_odoo(scheduled=True)
        self.stay_up([sandbox, odoo])
        return 0

    def finish(self, good: bool) -> int:
        """What is done with all of it up, before it is stopped; the exit code."""
        return 0 if good else 1

    # -- servers ----------------------------------------------------------------------

    def start_sandbox(self) -> servers.Server:
        uri = self.odoo_url + CALLBACK
        server = servers.start_sandbox(
            self.env,
            self.options.interface,
            self.options.sandbox_port,
            uri,
            self.place.state,
        )
        self._cleanup.callback(server.stop)
        with step("starting the simulated Google"):
            try:
                server.wait()
            except steps.Stop as stop:
                raise steps.Stop(f"{stop}; script/demo --fresh starts over") from None
        # A kept world knows the address of another call's port.
        people.register_redirect(
            self.google_url, servers.CLIENT_ID, servers.CLIENT_SECRET, uri
        )
        return server

    def prepare_database(self, is_new: bool) -> None:
        if is_new:
            self.place.make_database()
        else:
            self.place.upgrade_database()

    def start_odoo(self, scheduled: bool) -> servers.Server:
        server = servers.start_odoo(
            self.env,
            self.place.database,
            self.options.interface,
            self.options.port,
            self.google_url,
            scheduled,
        )
        self._cleanup.callback(server.stop)
        with step("starting Odoo" + scheduled * " again, with its scheduled actions"):
            server.wait()
        return server

    def stay_up(self, running: list[servers.Server]) -> None:
        print("\nBoth stay up until Ctrl-C.", flush=True)
        try:
            while True:
                for server in running:
                    server.check()
                time.sleep(1)
        except KeyboardInterrupt:
            # Once is enough: what follows is the orderly end.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            print("\nStopping.", flush=True)

    # -- the story ---------------------------------------------------------------------

    def log_in(self, person: tuple[str, str]) -> people.OdooUser:
        return people.OdooUser(self.odoo_url, self.place.database, *person)

    def set_up(self, is_new: bool) -> Account:
        with step("opening the database"):
            admin = self.log_in(users.ADMIN)
            users.set_address(admin, self.odoo_url)
        if is_new:
            with step("making users, and Marie's entries in Odoo"):
                users.create(admin)
                google = people.GooglePerson(self.google_url, users.MARIE_GOOGLE)
                marie = self.log_in(users.MARIE)
                story.plant(marie, google)
                contacts.plant(admin, marie, google)
                self.place.filled()
        return Account(self.log_in(users.MARIE), self.google_url)

    def tell(self, account: Account) -> tuple[str, bool]:
        """The summary, and whether all went well."""
        with step("connecting Marie with her Google account"):
            connection = self.connect(account)
        with step("synchronising"):
            first = account.synchronise()
            if account.read()["state"] == "to_reconnect":
                connection = self.connect(account)
                first = account.synchronise()
        google = account.person()
        outside = account.outside(google)
        with step("editing on both sides, and synchronising again"):
            in_odoo = story.edit_in_odoo(account.owner)
            in_google = story.edit_in_google(google)
            second = account.synchronise()
        with step("synchronising a third time"):
            third = account.synchronise()
        parts = [
            [connection],
            summary.first_run(first, account.left_alone(), outside),
            summary.second_run(second, in_odoo, in_google),
            summary.third_run(third),
            [self.mails()],
            summary.addresses(self.odoo_url, self.google_url, account.owner.uid),
            self.ending(),
        ]
        text = "\n\n".join("\n".join(part) for part in parts)
        good = all(run["state"] == "done" for run in (first, second, third))
        return f"\n{text}", good

    def connect(self, account: Account) -> str:
        who = f"Marie (user marie) and {users.MARIE_GOOGLE}"
        if not account.connect():
            return f"{who}: connected already, by an earlier call"
        return f"{who}: connected now, through Google's consent page"

    def mails(self) -> str:
        count = people.mails_sent(self.google_url)
        return f"Mails that Google would have sent to guests: {count or 'none'}"

    def ending(self) -> list[str]:
        if self.options.once:
            return ["Nothing is left running; script/demo without --once stays up."]
        return summary.next_steps()
