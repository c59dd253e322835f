"""Workbooks to be filled in without a line, and how they come back.

``layout`` says what stands where, ``writing`` draws it; ``guard`` and ``reading`` look at what came back, ``matching``
holds it against the layout, ``merging`` against the page, and ``services`` saves it through reports.services.
"""
