"""The worlds of the laws, in batches: every law of a batch runs in one worker, so that each world is made
once.
"""

import gc
from collections.abc import Iterator

import pytest

from tests.laws.cases import BATCHES, Batch

# A batch keeps its worlds until it is done: to look through them for garbage takes a fifth of the laws' time.
gc.set_threshold(200_000, 50, 1_000)


@pytest.fixture(scope="session", params=BATCHES, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def worlds(request: pytest.FixtureRequest) -> Iterator[Batch]:
    """Ten worlds, or so."""
    batch = Batch(request.param)
    yield batch
    batch.close()
    gc.collect()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Items that ask for the same batch stay together."""
    for item in items:
        callspec = getattr(item, "callspec", None)
        if callspec is not None and "worlds" in callspec.params:
            item.add_marker(pytest.mark.xdist_group(f"worlds-{callspec.params['worlds'].start}"))
