"""A Workspace administrator connects everybody: a service account with delegation.

Who is signed in is decided by the login that administrators gave, never by an address
that users type themselves; each still starts the first synchronisation.
"""

from . import account, res_company, res_config_settings
