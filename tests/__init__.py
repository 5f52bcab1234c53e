"""The addon's tests in Odoo, in rooms as in models/.

Odoo runs what is a module named `test_*` here.
"""

from . import test_translations
from .account import (
    test_account,
    test_colleagues,
    test_first_day,
    test_first_day_tours,
)
from .agenda import (
    test_answers,
    test_button,
    test_calendars,
    test_calendars_moved,
    test_calendars_random,
    test_calendars_shown,
    test_calendars_team,
    test_colours,
    test_directions,
    test_event_types,
    test_filters,
    test_guests,
    test_limit,
    test_missing,
    test_move_tour,
    test_organiser_text,
    test_privacy,
    test_private_guests,
    test_queue,
    test_quiet,
    test_reminders,
    test_video,
)
from .agenda import test_fields as test_agenda_fields
from .agenda import test_random as test_agenda_random
from .channels import test_channels, test_notify
from .connection import (
    test_diagnose,
    test_error_consent,
    test_manual_connection,
    test_neighbour,
    test_oauth,
    test_settings,
    test_tours,
)
from .contacts import (
    test_adoption,
    test_by_hand,
    test_list,
    test_pace,
    test_photo,
    test_proposals,
    test_screens,
    test_trouble,
    test_typed,
)
from .contacts import test_directions as test_contacts_directions
from .contacts import test_fields as test_contacts_fields
from .contacts import test_preview as test_contacts_preview
from .contacts import test_random as test_contacts_random
from .decisions import test_cards, test_decisions
from .decisions import test_tours as test_decision_tours
from .journal import (
    test_error_words,
    test_hiding,
    test_history,
    test_run,
    test_why,
)
from .pausing import test_pause
from .reset import test_reset, test_take_away
from .reset import test_tours as test_reset_tours
from .restoring import test_restore, test_undo, test_undo_contacts, test_undo_many
from .restoring import test_tours as test_undo_tours
from .rights import (
    test_cached,
    test_doors,
    test_forged,
    test_forms,
    test_growth,
    test_identity,
    test_ids,
    test_joining,
    test_methods,
    test_odd,
    test_odd_calls,
    test_odd_shapes,
    test_odd_values,
    test_paths,
    test_planted,
    test_rights,
    test_secrets,
    test_security,
    test_trust,
)
from .rights import test_fields as test_rights_fields
from .running import (
    test_assistant,
    test_error_catalogue,
    test_error_records,
    test_faults,
    test_glance,
    test_plan_page,
    test_quota,
    test_statements,
    test_statements_calendars,
    test_watch,
)
from .running import test_preview as test_running_preview
from .series import (
    test_cut_short,
    test_deleted_and_edited,
    test_gestures,
    test_invited_to_one,
    test_journal,
    test_people,
    test_pull,
    test_pull_exceptions,
    test_push,
    test_split,
    test_tour,
    test_week_edges,
)
from .series import test_preview as test_series_preview
from .series import test_random as test_series_random
from .shown import test_front_tours, test_light, test_opening, test_persons
from .support import test_bundle
from .tools import test_alarm_clock, test_sentences
from .user import (
    test_archived_user,
    test_delegate_tours,
    test_outsider,
    test_tab_tours,
    test_tab_view,
)
from .workspace import test_take_up, test_workspace
