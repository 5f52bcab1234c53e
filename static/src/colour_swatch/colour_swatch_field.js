import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { SelectionField, selectionField } from "@web/views/fields/selection/selection_field";

/** Google's colours as its pages draw them, by colorId. */
const SHADES = {
    1: "#7986cb",
    2: "#33b679",
    3: "#8e24aa",
    4: "#e67c73",
    5: "#f6bf26",
    6: "#f4511e",
    7: "#039be5",
    8: "#616161",
    9: "#3f51b5",
    10: "#0b8043",
    11: "#d50000",
};

/** A choice among Google's colours: each a chip with its name, never by colour alone. */
export class ColourSwatchField extends SelectionField {
    static template = "google_sync.ColourSwatchField";
    static components = { ...SelectionField.components, Dropdown, DropdownItem };

    get colours() {
        return this.options.map(([id, name]) => ({ id, name, shade: SHADES[id] }));
    }

    get chosen() {
        const id = this.props.record.data[this.props.name];
        return this.colours.find((colour) => colour.id === id);
    }

    /** Enter opens the choice; a list would leave the row with it. */
    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.stopPropagation();
        }
    }

    choose(id) {
        this.props.record.update({ [this.props.name]: id }, { save: this.props.autosave });
    }
}

registry.category("fields").add("google_sync_colour_swatch", {
    ...selectionField,
    component: ColourSwatchField,
    displayName: _t("Colour of Google"),
    supportedTypes: ["selection"],
});
