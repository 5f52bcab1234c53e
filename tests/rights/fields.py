"""Every field of ours, by model: those that some may read, and the closed ones.

A new field is in neither: it is put where it belongs, knowingly, with who writes it.
"""

from .case import ALL, MANAGE, OWNER

OPEN = {
    "base.module.uninstall": """
        google_sync_connected google_sync_revoke
    """,
    "calendar.event": """
        google_sync_calendar_id google_sync_choosable google_sync_link_ids
        google_sync_reason google_sync_sign
    """,
    "calendar.event.type": """
        google_color google_color_proposal
    """,
    "google.sync.account": """
        agenda_granted auto_pull auto_push calendar_id calendar_ids calendar_name
        calendar_rule_ids filter_ids mode
        color_clash company_id confirm_deletions conflict_policy connect_way
        connected_at contact_deletions contact_label contact_link_ids contact_proposals
        contact_rule_ids contacts_ambiguous contacts_chosen contacts_failed
        contacts_failures contacts_gone contacts_granted contacts_in_google
        contacts_next_at contacts_next_try contacts_reason contacts_swept_at
        contacts_synced_at contacts_told contacts_trouble contacts_unfinished
        contacts_waiting contacts_without decision_count
        delegate_ids delegate_names delegated_at delegated_by_id delegated_message
        deletion_count distribution ended_by_archive
        ending_told events_reason events_told events_trouble failures
        first_day google_email google_login grant_expires_at
        granted_scopes guests_as_contacts invited_at is_delegated
        is_mine last_message last_run_id
        last_success_at last_sweep_at left_behind light limit_message limit_reached
        may_list_contacts may_manage may_run months_after months_before
        neighbour_message next_pull_at next_try not_granted paused_at problem_count
        pull_at_login reconnect_told
        requests_today run_count run_ids standing state success_age
        suspended_message sync_contacts
        sync_events sync_series transfer_colors types_from_colors unfinished user_id
        waits_for_person
    """,
    "google.sync.assistant": """
        account_ids agenda allowed_account_ids contacts is_single line_ids mail_count
        may_undo mode plan_ids run_ids step summary undoes warning
    """,
    "google.sync.assistant.line": """
        action advice after_display assistant_id before_display deed line_id name
        res_model side take user_id when
    """,
    "google.sync.calendar": """
        access_role account_id busy default_color google_id is_main is_primary
        last_success_at listed lost_note mode name replaced time_zone
    """,
    "google.sync.calendar.rule": """
        account_id calendar_id private sequence type_id
    """,
    "google.sync.filter": """
        account_id kind side type_id value
    """,
    "google.sync.direction": """
        company_id direction field_name half label possible
    """,
    "google.sync.event.choice": """
        account_id applied calendar_id event_id
    """,
    "google.sync.contact.link": """
        account_id by_rule chosen company company_type dirty email excluded listed
        mobile name partner_id phone photo_due problem ref resource_name standing
        state story synced_at
    """,
    "google.sync.contact.pending": """
        account_id comment edited_at edited_by link_id
    """,
    "google.sync.contact.removal": """
        account_id count partner_ids
    """,
    "google.sync.contact.rule": """
        account_id active count domain editor_id model name
    """,
    "google.sync.contact.sighting": """
        account_id key resource_name
    """,
    "google.sync.decision": """
        about_contacts about_mails account_id answer answered_at answered_by_id
        calendar_id candidate_ids card contact_ids event_id field_ids google_id key
        kind name partner_id private proposed_ids question
        resource_name state user_id when
    """,
    "google.sync.decision.contact": """
        decision_id emails name phones resource_name state
    """,
    "google.sync.decision.field": """
        base_value choice decision_id field google_value label odoo_value
    """,
    "google.sync.delegate": """
        account_id agenda user_id visible
    """,
    "google.sync.event.link": """
        account_id answer base_version calendar_id dirty edited_at etag event_id
        foreign generation google_id guard guest ical_uid kind leader_id only_google
        original_start parent_id problem recurrence_id seen span_first span_last state
    """,
    "google.sync.first.day": """
        account_id calendar_id calendar_name connected_at contacts_chosen google_email
        left_alone light line_count line_ids mail_count months_after months_before
        not_granted outside paired plan_id problem question_count questions result
        result_left_out result_state run_ids show_lines step sync_contacts
        sync_events sync_series
        to_google to_odoo user_id
    """,
    "google.sync.invitation": """
        candidate_ids company_id invited_names like_id names url user_ids with_rules
        words
    """,
    "google.sync.workspace": """
        candidate_ids company_id ended others result user_ids
    """,
    "google.sync.knock": """
        account_id channel_id due_at heard_at number
    """,
    "google.sync.manual.connection": """
        account_id answer google_login problem redirect_uri url user_id
    """,
    "google.sync.owner.link": """
        account_id url user_id
    """,
    "google.sync.pending": """
        account_id edited_at edited_by event_id link_id type_id
    """,
    "google.sync.person": """
        account_id account_state company_id decision_count google_email invited_at
        last_message light next_step problem_count requests_today standing success_age
        user_id
    """,
    "google.sync.request": """
        account_id asked_at asked_by trigger
    """,
    "google.sync.reset": """
        account_id calendar_id contact_count delete_contact_count delete_count
        delete_in_google event_count google_email may_delete question_count take_away
        take_count turns_off user_id what
    """,
    "google.sync.run": """
        account_id adopted company_id duration ended_at errors_count expected
        left_out_count line_count line_ids mail_count may_apply may_undo message mode
        plan_id
        pulled_created pulled_deleted pulled_display pulled_updated pushed_created
        pushed_deleted pushed_display pushed_updated question_count queued
        requested_by_id requests
        scope skipped skipped_count skipped_display started_at state stop_requested
        trigger undoes_id user_id
    """,
    "google.sync.run.line": """
        account_id action advice after_display before_display calendar_id company_id
        deed error error_display google_id has_vcard kind left_out name openable
        private reason res_id res_model restorable restored_at run_id side started_at
        user_id when
    """,
    "google.sync.setup": """
        company_id redirect_uri report scopes
    """,
    "google.sync.test": """
        account_id report user_id
    """,
    "google.sync.usage": """
        account_id company_id day requests slices user_id
    """,
    "res.company": """
        google_sync_client_checked_at google_sync_client_id google_sync_client_kind
        google_sync_client_redirects google_sync_workspace_account
        google_sync_workspace_client google_sync_workspace_domain
    """,
    "res.config.settings": """
        google_sync_api_key_hint google_sync_client_file google_sync_client_filename
        google_sync_client_id google_sync_client_kind google_sync_client_said
        google_sync_connected_message google_sync_i_am_connected
        google_sync_in_force google_sync_journal_days google_sync_manual_uri
        google_sync_max_events google_sync_may_replace google_sync_new_api_key
        google_sync_new_secret google_sync_redirect_message google_sync_redirect_uri
        google_sync_paused google_sync_replaced_message
        google_sync_workspace_account google_sync_workspace_client
        google_sync_workspace_domain google_sync_workspace_file
        google_sync_workspace_filename google_sync_workspace_scopes
        google_sync_revoke_archived google_sync_secret_hint
    """,
    "res.partner": """
        google_sync_listed google_sync_sign google_sync_story mobile
    """,
    "res.users": """
        google_sync_account_id google_sync_auto_pull google_sync_auto_push
        google_sync_account_mode google_sync_calendars
        google_sync_calendar_id google_sync_calendar_name google_sync_color_clash
        google_sync_confirm_deletions google_sync_conflict_policy
        google_sync_connect_way google_sync_contact_deletions
        google_sync_contact_label google_sync_contact_link_ids
        google_sync_contact_proposals google_sync_contacts
        google_sync_contacts_ambiguous google_sync_contacts_chosen
        google_sync_contacts_failed google_sync_contacts_gone
        google_sync_contacts_in_google google_sync_contacts_synced_at
        google_sync_contacts_waiting google_sync_contacts_without
        google_sync_decision_count google_sync_delegate_names
        google_sync_delegated_message
        google_sync_distribution google_sync_email google_sync_events
        google_sync_grant_expires_at google_sync_guests_as_contacts
        google_sync_is_mine google_sync_last_message google_sync_last_success_at
        google_sync_left_behind google_sync_light
        google_sync_limit_message google_sync_login google_sync_months_after
        google_sync_months_before google_sync_neighbour_message
        google_sync_not_granted google_sync_pull_at_login google_sync_ready
        google_sync_series
        google_sync_suspended_message google_sync_transfer_colors
        google_sync_types_from_colors google_sync_waits
    """,
}

CLOSED = {
    "google.sync.account": """
        access_refusals client_id_used contact_cursor contact_usage
        contacts_refusals database_name database_uuid google_sub last_slice_at
        lease_owner lease_until opened_at reset_next_at reset_todo told_until usage
    """,
    "google.sync.calendar": """
        cursor default_reminders
    """,
    "google.sync.channel": """
        account_id address calendar_id channel_id expires_at heard_at message_number
        opened_at reason renew_at resource_id state token_hash
    """,
    "google.sync.consent": """
        account_id client_id code_verifier redirect_uri started_by_id state_hash
    """,
    "google.sync.contact.link": """
        answer base base_version contested drift edited_at etag marker said seen
        tried_at updated
    """,
    "google.sync.decision": """
        detail
    """,
    "google.sync.decision.field": """
        values
    """,
    "google.sync.event.link": """
        base contested organizer placed_for said sent_values told
    """,
    "google.sync.manual.connection": """
        address pasted state_hash
    """,
    "google.sync.run": """
        begun contact_cursor_before contacts_begun contacts_to_push cursor_before
        events_begun set_aside to_push
    """,
    "google.sync.run.line": """
        after archive before looked_at_by_id said title
    """,
    "google.sync.token": """
        access_token account_id expiry refresh_token
    """,
    "res.company": """
        google_sync_api_key google_sync_client_secret google_sync_workspace_key
    """,
    "res.partner": """
        google_sync_contact_link_ids
    """,
    "res.users": """
        google_sync_account_ids
    """,
}

_OPTIONS = """
    auto_pull auto_push confirm_deletions conflict_policy distribution
    guests_as_contacts months_after months_before pull_at_login sync_contacts
    sync_events sync_series transfer_colors types_from_colors
    contact_deletions contact_label contact_proposals
"""
_MIRRORS = """
    google_sync_auto_pull google_sync_auto_push google_sync_confirm_deletions
    google_sync_conflict_policy google_sync_contact_deletions
    google_sync_contact_label google_sync_contact_proposals google_sync_contacts
    google_sync_distribution
    google_sync_events google_sync_guests_as_contacts google_sync_months_after
    google_sync_months_before google_sync_pull_at_login google_sync_series
    google_sync_transfer_colors google_sync_types_from_colors
"""
_CLIENT = """
    google_sync_client_checked_at google_sync_client_id google_sync_client_kind
    google_sync_client_redirects google_sync_workspace_account
    google_sync_workspace_client google_sync_workspace_domain
"""
INTERNAL = (*ALL, "stranger", "chief")
ADMIN = ("admin",)

#: Who reads the records of Odoo's own models and of dialogues; of the others, whoever
#: has the right by the table of models. Values of others' accounts are empty then.
READ = {
    "res.users": INTERNAL,
    "res.partner": INTERNAL,
    "calendar.event": INTERNAL,
    "calendar.event.type": INTERNAL,
    "res.company": ADMIN,
    "res.config.settings": ADMIN,
    "base.module.uninstall": ADMIN,
    "google.sync.reset": OWNER,
    "google.sync.contact.removal": OWNER,
    "google.sync.manual.connection": OWNER,
    "google.sync.owner.link": OWNER,
    "google.sync.test": OWNER,
    "google.sync.setup": ADMIN,
    "google.sync.first.day": OWNER,
    "google.sync.invitation": ADMIN,
    "google.sync.workspace": ADMIN,
}

#: Who writes which field of a record; what is not here is written by nobody.
WRITE = {
    "google.sync.account": {
        MANAGE: _OPTIONS,
        # Where the data go.
        OWNER: "calendar_id calendar_name google_login mode",
    },
    "google.sync.calendar": {OWNER: "busy mode"},
    "google.sync.calendar.rule": {
        OWNER: "account_id calendar_id private sequence type_id"
    },
    "google.sync.filter": {OWNER: "account_id kind side type_id value"},
    "google.sync.direction": {ADMIN: "direction"},
    # Of the own copy, where there is one.
    "calendar.event": {(*ALL, "stranger", "chief"): "google_sync_calendar_id"},
    "google.sync.delegate": {MANAGE: "agenda user_id visible"},
    # Who writes a rule signs it, whatever was given for the editor.
    "google.sync.contact.rule": {MANAGE: "active domain editor_id name"},
    "google.sync.decision": {MANAGE: "event_id"},
    "google.sync.decision, private": {OWNER: "event_id field_ids"},
    "google.sync.decision.field": {MANAGE: "choice"},
    "google.sync.assistant": {
        OWNER: """
            account_ids agenda contacts mode odoo_line_ids other_line_ids plan_ids
            run_ids step
        """
    },
    "google.sync.assistant.line": {OWNER: "take"},
    "google.sync.reset": {
        OWNER: "account_id calendar_id delete_in_google take_away what"
    },
    "google.sync.contact.removal": {OWNER: "account_id count partner_ids"},
    "google.sync.manual.connection": {OWNER: "account_id answer problem redirect_uri"},
    "google.sync.owner.link": {OWNER: "account_id"},
    "google.sync.test": {OWNER: "account_id"},
    "google.sync.setup": {ADMIN: "company_id"},
    "google.sync.workspace": {ADMIN: "company_id result user_ids"},
    "google.sync.invitation": {
        ADMIN: "company_id like_id user_ids with_rules",
    },
    "google.sync.first.day": {
        OWNER: """
            account_id calendar_id calendar_name connected_at months_after
            months_before plan_id problem run_ids show_lines step sync_contacts
            sync_events sync_series
        """
    },
    "res.users": {
        ("owner", "admin"): _MIRRORS,
        OWNER: """
            google_sync_account_mode google_sync_calendar_id google_sync_calendar_name
            google_sync_login
        """,
    },
    "res.partner": {("owner", "admin"): "mobile"},
    "calendar.event.type": {ADMIN: "google_color"},
    "res.company": {ADMIN: _CLIENT},
    "res.config.settings": {
        ADMIN: """
            google_sync_client_file google_sync_client_id google_sync_client_kind
            google_sync_journal_days google_sync_max_events google_sync_may_replace
            google_sync_new_api_key google_sync_new_secret google_sync_paused
            google_sync_revoke_archived google_sync_workspace_domain
            google_sync_workspace_file
        """
    },
}
