"""What happens around installing and uninstalling."""

from markupsafe import Markup

from .models.channels.ending import REVOKE_PARAMETER

CHUNK = 1000


def uninstall_hook(env):
    """Keep what people made with us: mobile numbers and types of action.

    Odoo 19 has no field for the numbers: its column goes with us. A contact without
    `phone` gets the number there; else it is added to the notes. Google is told to send
    no more messages, and the access is taken back if that was said.
    """
    env["google.sync.account"]._leave_google()
    env["google.sync.account"]._drop_jobs()
    parameters = env["ir.config_parameter"]
    parameters.search([("key", "=", REVOKE_PARAMETER)]).unlink()
    standard_types = [
        ("module", "=", "google_sync"),
        ("model", "=", "calendar.event.type"),
    ]
    env["ir.model.data"].search(standard_types).unlink()
    partners = env["res.partner"].with_context(active_test=False, tracking_disable=True)
    ids = partners.search([("mobile", "not in", (False, ""))], order="id").ids
    for start in range(0, len(ids), CHUNK):
        for partner in partners.browse(ids[start : start + CHUNK]):
            _save_mobile(partner)
        env.flush_all()
        env.invalidate_all()


def _save_mobile(partner):
    if not partner.phone:
        partner.phone = partner.mobile
    elif partner.phone != partner.mobile:
        note = Markup("<p>%s: %s</p>") % (partner.env._("Mobile"), partner.mobile)
        partner.comment = (partner.comment or Markup()) + note
