"""What imports are held against: read once for a release, not anew for each who has one checked."""

from dataclasses import replace

import streamlit as st

from analytics.data.imports.mapping.declared import load_mappings
from analytics.data.imports.standing import Standing
from analytics.data.releases.standing import standing
from pages.common import releases
from pages.reference.import_parts import words


def standing_of(name: str) -> Standing:
    """Return what an import into a current release is held against.

    How office tables map is read each time: people add to it between two checks.

    Raises
    ------
    ReleaseError
        When the release cannot be read.
    """
    found = _of_release(releases.releases()[name])
    return replace(found, mappings=load_mappings(releases.ROOT, found.catalog.indicators))


@st.cache_resource(show_spinner=words.READING_HELD, max_entries=2)
def _of_release(release_id: str) -> Standing:
    return standing(releases.ROOT, release_id=release_id)
