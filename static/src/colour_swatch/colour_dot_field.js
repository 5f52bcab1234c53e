import { Component, xml } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** A colour that is only looked at, beside a name: nothing to read or to operate. */
export class ColourDotField extends Component {
    static template = xml`
        <span
            t-if="colour"
            class="o_google_sync_swatch d-inline-block align-middle"
            t-attf-style="background-color: {{ colour }}"
            aria-hidden="true"
        />`;
    static props = { ...standardFieldProps };

    get colour() {
        return this.props.record.data[this.props.name];
    }
}

registry.category("fields").add("google_sync_colour_dot", {
    component: ColourDotField,
    displayName: _t("Colour of Google"),
    supportedTypes: ["char"],
});
