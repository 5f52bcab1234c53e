import { registry } from "@web/core/registry";

const ROW = ".o_data_row:contains('Livraison')";

registry.category("web_tour.tours").add("google_sync_colours", {
    steps: () => [
        {
            content: "The standard types, each with its colour",
            trigger: "button[name=action_google_sync_standard_types]",
            run: "click",
        },
        {
            trigger: "td[name=google_color] .o_google_sync_colour[data-colour='11']",
        },
        {
            content: "A type of one's own has none yet, and one is proposed",
            trigger: `${ROW} td[name=google_color_proposal] [data-colour='9']`,
        },
        {
            trigger: `${ROW} td[name=google_color]`,
            run: "click",
        },
        {
            content: "Enter opens the choice",
            trigger: ".o_selected_row td[name=google_color] button",
            run: "press Enter",
        },
        {
            content: "Each colour stands with its name",
            trigger: ".o-dropdown-item:contains('Grape')",
            run: "click",
        },
        {
            trigger: ".o_selected_row td[name=google_color] [data-colour='3']",
        },
        {
            trigger: ".o_list_button_save:visible",
            run: "click",
        },
        {
            content: "It is kept",
            trigger: `${ROW}:not(.o_selected_row) td[name=google_color] [data-colour='3']`,
        },
    ],
});

registry.category("web_tour.tours").add("google_sync_colours_option", {
    steps: () => [
        {
            trigger: ".o_field_widget[name=google_sync_transfer_colors] input",
            run: "click",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "The calendar has the colour of a type itself",
            trigger: ".o_field_widget[name=google_sync_color_clash]:contains('Peacock')",
        },
        {
            trigger: ".o_form_saved, .o_form_button_save:not(:visible)",
        },
        {
            content: "Synchronise now",
            trigger: "button[name=action_google_sync_now]",
            run: "click",
        },
        {
            trigger: ".o_notification:contains('Google')",
        },
    ],
});
