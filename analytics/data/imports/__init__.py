"""The district's own spreadsheets → a validated batch of rows, or every reason why not.

Nothing here publishes: :func:`analytics.data.imports.intake.read_import` returns an
``ImportBatch`` and :func:`analytics.data.imports.preview.preview` says what it would change.
Kept free of imports, because the separate reading process loads this package.
"""
