import { registry } from "@web/core/registry";

const ROW = ".o_data_row:contains('Zoé Le Goff')";

registry.category("web_tour.tours").add("google_sync_contacts", {
    steps: () => [
        {
            content: "Mark one contact",
            trigger: `.o_list_view ${ROW} .o_list_record_selector input`,
            run: "check",
        },
        {
            trigger: ".o_cp_action_menus button:contains('Actions')",
            run: "click",
        },
        {
            content: "Put it on my list",
            trigger: ".o-dropdown-item:contains('Contact to synchronise')",
            run: "click",
        },
        {
            content: "The notice says how many were new",
            trigger: ".o_notification:contains('1 new on the list')",
        },
        {
            content: "The list was loaded anew: its form says why it is not in Google yet",
            trigger: `.o_action_manager:not(:has(.o_data_row_selected)) ${ROW} td[name=complete_name]`,
            run: "click",
        },
        {
            trigger: "[name=google_sync_panel]:contains('next synchronisation')",
        },
        {
            content: "My whole list",
            trigger: "button[data-menu-xmlid='google_sync.google_sync_contact_menu']",
            run: "click",
        },
        {
            trigger: "a[data-menu-xmlid='google_sync.google_sync_contact_link_menu']",
            run: "click",
        },
        {
            trigger: `.o_breadcrumb:contains('Contacts to synchronise')`,
        },
        {
            trigger: `${ROW} td[name=standing]:contains('Waiting')`,
        },
        {
            content: "The tab of My Preferences",
            trigger: ".o_user_menu button",
            run: "click",
        },
        {
            trigger: ".dropdown-item[data-menu=preferences]",
            run: "click",
        },
        {
            trigger: ".modal .o_notebook a[name=google_sync]",
            run: "click",
        },
        {
            content: "One chosen, and it is this one",
            trigger:
                ".modal button[name=action_google_sync_contacts]:contains('chosen')",
        },
        {
            trigger: `.modal [name=google_sync_contact_link_ids] ${ROW}`,
        },
    ],
});

const TAB = "[name=google_sync_contacts_part]";
const CHOICE = ".modal:has(.o_select_button)";

/** Open the tab of My Preferences, type something, add a contact: both are there. */
function addInTheTab(scope) {
    return [
        {
            trigger: `${scope} .o_notebook a[name=google_sync]`,
            run: "click",
        },
        {
            content: "An edit that is not saved",
            trigger: `${scope} [name=google_sync_months_before] input`,
            run: "edit 7 && press Tab",
        },
        {
            trigger: `${scope} ${TAB} .o_google_sync_add_contacts`,
            run: "click",
        },
        {
            content: "Who is on the list is not shown",
            trigger: `${CHOICE} .o_facet_value:contains('Not on my list')`,
        },
        {
            trigger: `${CHOICE} .o_searchview_input`,
            run: "edit Le Goff",
        },
        {
            trigger: ".o_searchview_autocomplete .dropdown-item:contains('Name'), .o_searchview_autocomplete .o-dropdown-item:contains('Name')",
            run: "click",
        },
        {
            trigger: `${CHOICE} .o_list_view:not(:contains(Paul)) ${ROW} .o_list_record_selector input`,
            run: "check",
        },
        {
            trigger: `${CHOICE} .o_select_button:enabled`,
            run: "click",
        },
        {
            content: "It says how many were new",
            trigger: ".o_notification:contains('1 new on the list')",
        },
        {
            content: "The figures and the list follow",
            trigger: `${scope} button[name=action_google_sync_contacts]:contains('1chosen')`,
        },
        {
            trigger: `${scope} [name=google_sync_contact_link_ids] ${ROW}`,
        },
        {
            content: "What was typed is still there",
            trigger: `${scope} [name=google_sync_months_before] input:value(7)`,
        },
    ];
}

registry.category("web_tour.tours").add("google_sync_contacts_add", {
    steps: () => [
        {
            trigger: ".o_user_menu button",
            run: "click",
        },
        {
            trigger: ".dropdown-item[data-menu=preferences]",
            run: "click",
        },
        ...addInTheTab(".modal"),
        {
            content: "Saved with everything else",
            trigger: ".modal .o_form_button_save, .modal button[name=preference_save]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_user_menu button",
        },
    ],
});

registry.category("web_tour.tours").add("google_sync_contacts_add_page", {
    steps: () => [
        ...addInTheTab(".o_action_manager"),
        {
            trigger: ".o_form_button_save:enabled",
            run: "click",
        },
        {
            trigger: ".o_form_saved, .o_form_status_indicator_buttons.invisible",
        },
    ],
});

registry.category("web_tour.tours").add("google_sync_contacts_add_list", {
    steps: () => [
        {
            trigger: ".o_list_view button[name=action_add], .o_control_panel button[name=action_add]",
            run: "click",
        },
        {
            content: "The whole list is offered",
            trigger: `${CHOICE} .o_facet_remove`,
            run: "click",
        },
        {
            trigger: `${CHOICE} ${ROW} .o_list_record_selector input`,
            run: "check",
        },
        {
            trigger: `${CHOICE} .o_data_row:contains('Paul') .o_list_record_selector input`,
            run: "check",
        },
        {
            trigger: `${CHOICE} .o_select_button:enabled`,
            run: "click",
        },
        {
            trigger: ".o_notification:contains('1 new on the list'):contains('1 already there')",
        },
        {
            trigger: ".o_action_manager .o_data_row:contains('Paul')",
        },
    ],
});
