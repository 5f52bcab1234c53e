"""API keys: each belongs to a project; Google looks at the key before the person."""

from .errors import STATUS_NAMES, ApiError, error_info, service_disabled


def check(world, call, api, service, title):
    """ApiError when the call names a key that is unknown, or its project lacks the API.

    ``api``: as in ``Client.disabled_apis``.
    """
    key = call.args.get("key")
    if key is None:
        return
    project = world.api_keys.get(key)
    if project is None:
        raise ApiError(
            400,
            "badRequest",
            "API key not valid. Please pass a valid API key.",
            details=[error_info("API_KEY_INVALID", service=service)],
            status_name=STATUS_NAMES[400],
        )
    clients = [c for c in world.clients.values() if c.project == project]
    if any(api in client.disabled_apis for client in clients):
        raise service_disabled(service, title, project)
