"""What others' words may not do: contexts, arguments, filters, files, addresses."""

import base64
import json
import time
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import GoogleSyncHttpCase
from ..sync_case import SyncCase

#: Every key that the addon reads in a context, as an RPC could send it.
FORGED = {
    "google_sync_scope": "contacts",
    "google_sync_contacts_of": "everybody",
    "google_sync_figure": "nothing",
}


@tagged("post_install", "-at_install")
class TestTrust(SyncCase):
    def forged(self, record, account=None):
        account = account or self.account
        for value in (account.id, str(account.id), [account.id], {"value": account.id}):
            yield record.with_context(**FORGED, google_sync_account_id=value)

    def queued(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT count(*) FROM google_sync_pending WHERE account_id = %s",
            [self.account.id],
        )
        return self.env.cr.fetchone()[0]

    # -- the context -----------------------------------------------------------

    def test_no_context_hides_an_edit_from_the_queue(self):
        event = self.event()
        self.sync()
        for number, forged in enumerate(self.forged(event)):
            before = self.queued()
            forged.write({"name": f"Hidden {number}"})
            self.assertEqual(self.queued(), before + 1)
        self.sync()
        self.assertEqual(self.google_of(event)["summary"], "Hidden 3")

    def test_no_context_hides_a_new_event_or_a_deletion(self):
        for forged in self.forged(self.env["calendar.event"].with_user(self.ada)):
            before = self.queued()
            made = forged.create(
                {
                    "name": "Hidden",
                    "start": self.day,
                    "stop": self.day,
                    "partner_ids": [(6, 0, self.ada.partner_id.ids)],
                }
            )
            self.assertEqual(self.queued(), before + 1)
            self.sync()
            made.with_context(**forged.env.context).unlink()
            self.sync()
        self.assertFalse(self.in_google())

    def test_no_context_hides_a_contact_s_edit(self):
        partner = self.env["res.partner"].create({"name": "C", "email": "c@x.org"})
        self.account._choose_contacts(partner)
        self.account.sudo().write({"contacts_granted": True, "sync_contacts": True})
        for number, forged in enumerate(self.forged(partner)):
            self.env["google.sync.contact.pending"].search([]).unlink()
            forged.write({"name": f"C {number}"})
            waiting = self.env["google.sync.contact.pending"].search_count([])
            self.assertEqual(waiting, 1)

    def test_no_context_changes_what_a_run_does(self):
        event = self.event(categ_ids=[])
        for forged in self.forged(self.account):
            run = forged.run_sync(scope="events")
            self.assertEqual((run.state, run.scope), ("done", "events"))
        self.assertFalse(event.categ_ids)
        self.assertEqual(len(self.in_google()), 1)
        action = self.account.with_context(**FORGED).action_view_contacts()
        self.assertIn(("account_id", "=", self.account.id), action["domain"])

    def test_no_context_opens_somebody_else_s_list(self):
        bob = self.make_user("bob", email="bob@x.org")
        partner = self.env["res.partner"].create({"name": "C", "email": "c@x.org"})
        self.account._choose_contacts(partner)
        for value in (self.account.id, str(self.account.id), [self.account.id], "x"):
            seen = partner.with_user(bob).with_context(google_sync_contacts_of=value)
            seen.invalidate_recordset()
            self.assertFalse(seen.google_sync_listed)
        seen = partner.with_user(bob)
        with self.assertRaises(AccessError):
            seen.with_context(
                google_sync_contacts_of=self.account.id
            ).action_google_sync_choose()

    # -- arguments -------------------------------------------------------------

    def test_a_wrong_word_does_not_hold_the_account(self):
        for wish in (
            {"scope": "zzz"},
            {"mode": "zzz"},
            {"mode": False},
            {"scope": ["all"]},
            {"mode": None},
            {"scope": "x" * 9000},
        ):
            with self.subTest(**wish), self.assertRaises(UserError) as refused:
                self.account.run_sync(**wish)
            self.assertLess(len(str(refused.exception)), 120)
        with self.assertRaises(TypeError):
            self.account.run_sync(trigger="cron")
        self.account.invalidate_recordset()
        self.assertFalse(self.account.sudo().lease_owner)
        self.assertEqual(self.sync().trigger, "manual")

    # -- filters ---------------------------------------------------------------

    def rule(self, domain):
        rules = self.env["google.sync.contact.rule"].with_user(self.ada)
        return rules.create({"name": "R", "domain": domain})

    def test_a_filter_is_read_and_never_run(self):
        begun = time.process_time()
        for domain in (
            "[('id', '=', sum(range(10 ** 9)))]",
            "[('id', '=', 9 ** 9 ** 9)]",
            "[('d', '=', context_today().strftime('%0999999999d'))]",
            "[('name', '=', 'x')" + ", ('name', '=', 'x')" * 300 + "]",
            "[('name', '=', '" + "x" * 30000 + "')]",
            "[('no_such_field', '=', 1)]",
            "[1, 2]",
            "[(1,)]",
            "[('write_date', '<', 'today +99999999999d')]",
            "(" * 3000 + ")" * 3000,
        ):
            with self.subTest(domain[:40]), self.assertRaises(ValidationError):
                self.rule(domain)
            new = self.env["google.sync.contact.rule"].with_user(self.ada)
            new = new.new({"account_id": self.account.id, "domain": domain})
            self.assertEqual(new.count, 0)
        self.assertLess(time.process_time() - begun, 20)

    def test_a_filter_as_odoo_s_editor_writes_it_works(self):
        mine = self.env["res.partner"].create({"name": "Mine", "email": "m@x.org"})
        mine.user_id = self.ada
        domain = (
            "['&', ('user_id', '=', uid), ('create_date', '>=', datetime.datetime."
            "combine(context_today() + relativedelta(days = -7), datetime.time(0, 0, 0)"
            ').to_utc().strftime("%Y-%m-%d %H:%M:%S"))]'
        )
        self.rule(domain)
        links = self.account.sudo().contact_link_ids
        self.assertEqual(links.partner_id, mine)
        self.rule("[('user_id', '=', uid), ('create_date', '>=', 'today -7d')]")

    def test_a_filter_of_before_that_is_none_changes_no_list(self):
        mine = self.env["res.partner"].create({"name": "Mine", "email": "m@x.org"})
        rule = self.rule(f"[('id', '=', {mine.id})]")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE google_sync_contact_rule SET domain = %s WHERE id = %s",
            ["[('id', '=', sum(range(9**9)))]", rule.id],
        )
        rule.invalidate_recordset()
        with self.assertLogs("odoo.addons.google_sync", "WARNING"):
            self.account.sudo()._fill_from_rules()
        self.assertEqual(self.account.sudo().contact_link_ids.partner_id, mine)

    # -- files and addresses ---------------------------------------------------

    def test_a_nested_client_file_is_refused_in_words(self):
        settings = self.env["res.config.settings"]
        for content in ("[" * 30000 + "]" * 30000, "\x00", "{", "9" * 70000):
            with self.subTest(content[:9]), self.assertRaises(UserError):
                settings.create(
                    {
                        "google_sync_client_file": base64.b64encode(
                            content.encode()
                        ).decode()
                    }
                )

    def test_nothing_goes_in_clear_to_another_computer(self):
        self.event()
        root = {"GOOGLE_SYNC_API_ROOT": "http://google.example.com"}
        with patch.dict("os.environ", root):
            run = self.account.run_sync(scope="events")
            self.assertEqual(run.state, "failed")
            self.assertIn("api_root", run.message)
            with self.assertRaises(UserError) as refused:
                self.account._start_consent()
            self.assertIn("api_root", str(refused.exception))
        self.sync()
        self.assertEqual(len(self.in_google()), 1)


@tagged("post_install", "-at_install")
class TestOddAddresses(GoogleSyncHttpCase):
    def test_no_address_is_a_fault_of_the_server(self):
        self.authenticate("ada", "ada")
        for query in (
            "account_id=x",
            "account_id=99999999999999999999",
            "account_id=999999",
            "account_id=-1",
            "account_id=1,x",
            "account_id=%00",
            "account_id=%D9%A3",
            "ids=x",
            "ids=1,,,x",
            "ids=99999999999999999999",
            "ids=999999",
            "ids=1.5",
            "ids=%ED%A0%80",
            "ids=1&ids=2",
            "ids[]=1",
        ):
            with self.subTest(query):
                answer = self.url_open(f"/google_sync/contacts.vcf?{query}")
                self.assertIn(answer.status_code, (200, 403, 404), query)
                self.assertNotIn("BEGIN:VCARD", answer.text)
        for number in ("0", "999999", "99999999999999999999"):
            answer = self.url_open(f"/google_sync/archive/{number}.vcf")
            self.assertEqual(answer.status_code, 404)

    def test_the_forged_context_comes_over_rpc_too(self):
        account = self.connect(self.ada)
        self.authenticate("ada", "ada")
        event = (
            self.env["calendar.event"]
            .with_user(self.ada)
            .create(
                {
                    "name": "E",
                    "start": "2026-12-01 10:00:00",
                    "stop": "2026-12-01 11:00:00",
                    "partner_ids": [(6, 0, self.ada.partner_id.ids)],
                }
            )
        )
        pending = self.env["google.sync.pending"].sudo()
        before = pending.search_count([("event_id", "=", event.id)])
        context = {**FORGED, "google_sync_account_id": account.id}
        body = {
            "jsonrpc": "2.0",
            "method": "call",
            "params": {
                "model": "calendar.event",
                "method": "write",
                "args": [event.ids, {"name": "Hidden"}],
                "kwargs": {"context": json.loads(json.dumps(context))},
            },
        }
        url = "/web/dataset/call_kw/calendar.event/write"
        self.assertNotIn("error", self.url_open(url, json=body).json())
        after = pending.search_count([("event_id", "=", event.id)])
        self.assertEqual(after, before + 1)
