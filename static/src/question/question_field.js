import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Question } from "./question";

/** A question with its answers, where its record is shown. */
export class QuestionField extends Component {
    static template = "google_sync.QuestionField";
    static components = { Question };
    static props = { ...standardFieldProps, isWithin: { type: Boolean, optional: true } };

    get card() {
        return this.props.record.data[this.props.name];
    }

    /** A form shows more of the record than the card does. */
    async onAnswered() {
        if (this.env.config?.viewType === "form") {
            await this.props.record.load();
        }
    }
}

registry.category("fields").add("google_sync_question", {
    component: QuestionField,
    displayName: _t("Question of the synchronisation"),
    supportedTypes: ["json"],
    extractProps: ({ options }) => ({ isWithin: Boolean(options.within) }),
});
