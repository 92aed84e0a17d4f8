"""The worlds of the laws, in batches: every law of a batch runs in one worker, so that each world is made
once.
"""

import pytest

from tests.laws.cases import BATCHES, Batch


@pytest.fixture(scope="session", params=BATCHES, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def worlds(request: pytest.FixtureRequest) -> Batch:
    """Ten worlds, or so."""
    return Batch(request.param)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Items that ask for the same batch stay together."""
    for item in items:
        callspec = getattr(item, "callspec", None)
        if callspec is not None and "worlds" in callspec.params:
            item.add_marker(pytest.mark.xdist_group(f"worlds-{callspec.params['worlds'].start}"))
