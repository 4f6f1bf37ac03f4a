"""When to answer with a fragment."""


def wants_partial(request) -> bool:
    """True for htmx; false when boosted or when the browser restores its history."""
    return (
        bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request
    )
