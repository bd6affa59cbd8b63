"""PDFs as people hand them in, made here."""

from io import BytesIO

from pypdf import PdfWriter


def a_pdf(pages=1, *, password="") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
