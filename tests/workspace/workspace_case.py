"""A company whose service account signs its users in."""

import json

from ...google_api.workspace import parse_key_file
from ...models.workspace.res_company import DELEGATED_SCOPES
from ..common import UNINVITED
from ..sync_case import SyncCase

NUMBER = "104857600000000000001"


class WorkspaceCase(SyncCase):
    def setUp(self):
        super().setUp()
        key = self.world.add_service_account(NUMBER, "sync@firm.iam", DELEGATED_SCOPES)
        self.key = json.dumps(key)
        self.company = self.env.company
        self.company.google_sync_workspace_domain = "firm.example"
        self.company._google_sync_take_service_account(parse_key_file(self.key))
        self.dora = self.workspace_user("dora")

    def workspace_user(self, name, workspace=True):
        login = f"{name}@firm.example"
        if workspace:
            self.world.add_account(login, name.title(), workspace=True)
        user = (
            self.env["res.users"]
            .with_context(**UNINVITED)
            .create(
                {
                    "name": name.title(),
                    "login": login,
                    "email": login,
                    "tz": "Europe/Paris",
                }
            )
        )
        return user.with_env(self.env)

    def press(self, user=None):
        dialog = self.env["google.sync.workspace"].with_user(user or self.env.user)
        dialog = dialog.create({})
        dialog.action_connect()
        return dialog

    def new_key(self):
        return self.world.add_service_account(NUMBER, "sync@firm.iam", DELEGATED_SCOPES)

    def replace_service_account(self, number="99"):
        mail = f"{number}@firm.iam"
        other = self.world.add_service_account(number, mail, DELEGATED_SCOPES)
        self.company._google_sync_take_service_account(
            parse_key_file(json.dumps(other))
        )
