"""A preview, and the plan that is made of it."""

from ..sync_case import SyncCase


class PlanCase(SyncCase):
    """Changes on both sides, and a plan of them."""

    def changes(self):
        first, second = self.event("Un"), self.event("Deux", 1)
        self.sync()
        first.with_user(self.ada).name = "Un bis"
        self.person.patch(self.link_of(second).google_id, {"location": "Lyon"})
        self.google_event("Trois", 2)
        return first, second

    def plan(self, **options):
        return self.sync("planned", mode="preview", **options)

    def apply(self, plan, left_out=(), state="done"):
        """Carry the plan out as its page does, to the end."""
        ids = [line.id for line in plan.line_ids if line.name in left_out]
        run = plan._apply_plan(ids)
        self.work(run)
        self.assertEqual(run.state, state, f"{run.message} {self.problems(run)}")
        return run

    def work(self, run):
        for _turn in range(50):
            if all(x["state"] != "running" for x in run.work_on()):
                return
        self.fail(f"{run.mapped('state')}: {run.mapped('message')}")
