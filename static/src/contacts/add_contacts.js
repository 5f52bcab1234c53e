import { Component, markup } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { escape } from "@web/core/utils/strings";
import { getFieldsSpec } from "@web/model/relational_model/utils";
import { SelectCreateDialog } from "@web/views/view_dialogs/select_create_dialog";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const MINE = /^(google_sync_)?contacts?_/;

/** Choose among the contacts that the user may see; says what became of them. */
export function addContacts(env, accountId, onAdded) {
    const { dialog, notification, orm } = env.services;
    const empty = escape(_t("Every contact that fits the filters is on the list already."));
    dialog.add(SelectCreateDialog, {
        title: _t("Add contacts to synchronise"),
        resModel: "res.partner",
        context: {
            ...user.context,
            google_sync_contacts_of: accountId,
            list_view_ref: "google_sync.res_partner_view_list_choose",
            search_default_google_sync_not_listed: 1,
        },
        noCreate: true,
        noContentHelp: markup(`<p>${empty}</p>`),
        onSelected: async (partnerIds) => {
            const notice = await orm.call("google.sync.account", "add_contacts", [
                [accountId],
                partnerIds,
            ]);
            const { message, title, type } = notice;
            notification.add(message, { title, type });
            await onAdded();
        },
    });
}

/** The button "Add" of a form: what is typed there and not saved yet stays as it is. */
export class AddContacts extends Component {
    static template = "google_sync.AddContacts";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
    }

    async add() {
        const { record } = this.props;
        if (!record.resId && !(await record.save())) {
            return;
        }
        const ofUser = record.resModel === "res.users";
        const accountId = ofUser ? record.data.google_sync_account_id.id : record.resId;
        addContacts(this.env, accountId, () => this.refresh());
    }

    /** The list and its figures alone: a reload of the record would lose edits. */
    async refresh() {
        const { record } = this.props;
        const spec = getFieldsSpec(record.activeFields, record.fields, record.evalContext);
        const names = Object.keys(spec).filter((name) => MINE.test(name));
        const specification = Object.fromEntries(names.map((name) => [name, spec[name]]));
        const [values] = await this.orm.webRead(record.resModel, [record.resId], {
            specification,
            context: record.context,
        });
        await record.model.mutex.exec(() => record._applyValues(values));
    }
}

registry.category("view_widgets").add("google_sync_add_contacts", { component: AddContacts });

registry.category("actions").add("google_sync_add_contacts", (env, action) => {
    addContacts(env, action.params.account_id, () =>
        env.services.action.doAction({ type: "ir.actions.client", tag: "soft_reload" })
    );
});
