"""One module per format, each ``render(document) -> bytes``. They ask no database, no network and no clock."""
