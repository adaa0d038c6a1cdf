"""The moderators' side of the directory: the queue, one screen for each entry, the mails."""

CHANGE = "professionals.change_professional"


def may_moderate(user):
    """Whether *user* may see and decide on the entries of the directory."""
    return user.is_active and user.has_perm(CHANGE)
