"""What the plan of a ceremony tells those who were invited: the seam for invitations by mail."""


def announce_perubahan(upacara_id: int) -> None:
    """Called by the steps that change or cancel an event that was announced, inside their
    transaction and after `urutan` (SEQUENCE) was raised. Whoever sends invitations only writes
    rows or queues here (`delay_on_commit`): a refused step must not have sent anything."""
