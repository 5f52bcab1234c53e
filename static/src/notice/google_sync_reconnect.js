import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

/** The connection has ended or is about to: a notice with the way to mend it. */
export const googleSyncReconnect = {
    dependencies: ["bus_service", "notification"],
    start(env, { bus_service: bus, notification }) {
        bus.subscribe("google_sync_reconnect", ({ title, message, button, url }) => {
            const buttons = [
                {
                    name: button,
                    primary: true,
                    onClick: () => browser.location.assign(url),
                },
            ];
            notification.add(message, { title, type: "warning", sticky: true, buttons });
        });
        bus.start();
    },
};

registry.category("services").add("google_sync_reconnect", googleSyncReconnect);
