from ...report.engine import paper


def unprinted(html):
    """Stand for the renderer of papers."""
    return b"%PDF-" + html.encode()


class Unprinted:
    """Papers are kept as they are before they are rendered: other tests render them."""

    def setUp(self):
        super().setUp()
        self.patch(paper, "write_pdf", unprinted)
