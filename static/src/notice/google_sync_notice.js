import { registry } from "@web/core/registry";
import { displayNotificationAction } from "@web/webclient/actions/client_actions";

/**
 * A notice, after which the record with the pressed button is read again where it
 * stands: a reload of the page's action would close My Preferences.
 */
export async function googleSyncNotice(env, action, options = {}) {
    const next = displayNotificationAction(env, action);
    if (!next && action.params.reload) {
        await options.onClose?.();
    }
    return next;
}

registry.category("actions").add("google_sync_notice", googleSyncNotice);
