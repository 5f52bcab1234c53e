"""Runs that a person asks for by the assistant, and follows."""


class AssistantMixin:
    """The assistant's page without a browser: it works until all runs have ended."""

    def assistant(self, user=None, **values):
        model = self.env["google.sync.assistant"].with_user(user or self.ada)
        return model.create({"contacts": False, **values})

    def follow(self, assistant):
        runs = assistant.run_ids
        for _turn in range(60):
            if all(x["state"] != "running" for x in runs.work_on()):
                break
        assistant.runs_ended()
        assistant.invalidate_recordset()
        return runs
