"""The worlds of the laws, in batches: every law of a batch runs in one worker, so that each world is made
once.
"""

from collections.abc import Iterator

import pytest

from tests.laws.cases import BATCHES, Batch


@pytest.fixture(scope="session", params=BATCHES, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def worlds(request: pytest.FixtureRequest) -> Iterator[Batch]:
    """Ten worlds, or so."""
    batch = Batch(request.param)
    yield batch
    batch.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Items that ask for the same batch stay together."""
    for item in items:
        callspec = getattr(item, "callspec", None)
        if callspec is not None and "worlds" in callspec.params:
            item.add_marker(pytest.mark.xdist_group(f"worlds-{callspec.params['worlds'].start}"))
