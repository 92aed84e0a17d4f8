"""What all tests share: how Hypothesis looks for examples, and where the repository begins.

Under CI the examples are the same in every run, so that a red run is red for its commit; at home
they are fresh.
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
pytest_plugins = ["tests.laws.told"]  # tells at the end which values the worlds of the laws mixed

settings.register_profile("home", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("home"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "home")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder."""
    return ROOT


@pytest.fixture(scope="session")
def real_reports() -> Path:
    """The folder of real reports beside the repository; tests that read it are skipped where it is not."""
    folder = ROOT.parent / "shared" / "real" / "reports"
    if not folder.is_dir():
        pytest.skip("the real reports lie beside the repository (../shared/real/reports) and are not here")
    return folder
