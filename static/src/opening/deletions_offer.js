import { browser } from "@web/core/browser/browser";
import { user } from "@web/core/user";
import { session } from "@web/session";
import { DeletionsDialog } from "./deletions_dialog";

/** When the dialogue of deletions comes, and that it comes once. */
export class DeletionsOffer {
    /** account(): what is known of the user's own. */
    constructor(dialog, bus, account) {
        Object.assign(this, { dialog, bus, account });
        this.closeDialog = null;
    }

    get isOpen() {
        return Boolean(this.closeDialog);
    }

    open(accountId = false) {
        this.closeDialog?.();
        const onClose = () => {
            this.closeDialog = null;
            browser.localStorage.setItem(shownKey(), this.account()?.newest_deletion || 0);
            this.bus.trigger("dialog-closed");
        };
        this.closeDialog = this.dialog.add(DeletionsDialog, { accountId }, { onClose });
    }

    /** It comes by itself until it was seen, in the page that is looked at. */
    offer() {
        const account = this.account();
        if (!account?.deletions || this.isOpen || isShown(account)) {
            return;
        }
        if (document.hidden) {
            document.addEventListener("visibilitychange", () => this.offer(), { once: true });
            return;
        }
        this.open();
    }
}

function isShown(account) {
    const shown = Number(browser.localStorage.getItem(shownKey()) || 0);
    return shown >= account.newest_deletion;
}

function shownKey() {
    return `google_sync.deletions_shown/${session.db}/${user.userId}`;
}
