"""Plans in words."""

import pytest

from ghstatus.actions import EditIncident, OpenIncident, PostUpdate
from ghstatus.explain import explain
from tests.builders import incident, update


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (OpenIncident(incident=incident()), "open incident builds-pending: Builds stay pending (2026-03-02 08:00 UTC)"),
        (
            OpenIncident(incident=incident("disks", kind="maintenance")),
            "open maintenance disks: Copr gets new disks (2026-03-02 08:00 UTC)",
        ),
        (EditIncident(incident=incident()), "edit incident builds-pending: Builds stay pending"),
        (PostUpdate(ref="a", update=update("09:00", "resolved")), "post resolved on a (2026-03-02 09:00 UTC)"),
        (PostUpdate(ref="a", update=update("09:00")), "post an update on a (2026-03-02 09:00 UTC)"),
    ],
)
def test_an_action_is_said_in_one_line(action, expected):
    assert explain(action) == expected
