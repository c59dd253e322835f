"""What reportlab cannot write: our fonts, put into the finished file."""

from io import BytesIO

import pikepdf

from exports.formats.pdf.embedding import Ink


def finished(file: BytesIO, ink: Ink) -> bytes:
    """The file with its fonts; the same content gives the same bytes."""
    with pikepdf.open(file) as pdf:
        made = ink.embed(pdf)
        for page in pdf.pages:
            page.Resources.Font = pikepdf.Dictionary(made)
        result = BytesIO()
        pdf.save(
            result,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=False,
        )
    return result.getvalue()
