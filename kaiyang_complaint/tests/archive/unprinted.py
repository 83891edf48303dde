from ...report.engine import paper

# Further down than what tells the kind of a file: a PDF that begins with markup is none.
START = b"%PDF-".ljust(5000)


def unprinted(html):
    """Stand for the renderer of papers."""
    return START + html.encode()


class Unprinted:
    """Papers are kept as they are before they are rendered: other tests render them."""

    def setUp(self):
        super().setUp()
        self.patch(paper, "write_pdf", unprinted)
