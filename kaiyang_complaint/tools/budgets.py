"""How much time, memory and content an untrusted file may take before it is refused.

Times are seconds of the processor. On the clock a call may take ``WALL_FACTOR`` times as long, for
a busy machine; all stays below the 120 seconds of ``limit_time_real``, after which Odoo ends a
worker.
"""

MEGABYTE = 1024 * 1024

# A busy machine gives a process a quarter of a processor or more.
WALL_FACTOR = 4

# --- spreadsheets: the whole book of a county's year has some 3,000 rows of 12 columns ----------
# Beyond that openpyxl, at some 200,000 cells a second, takes longer than anybody waits.
MOST_ROWS = 50_000
MOST_CELLS = 600_000
# Such a sheet with 1,500 characters a complaint, as XML. What is zipped well is far smaller.
MOST_UNPACKED_MB = 160
# Sheets, styles, pictures: an honest book has some dozens of entries.
MOST_ENTRIES = 2_000
MOST_TEXT_MB = 40
SHEET_SECONDS = 20
SHEET_MEMORY_MB = 1_000
# A year has 366 days; an announcement some lines of text above and below.
CALENDAR_ROWS = 1_000

# --- pages of a dossier -------------------------------------------------------------------------
# A scanned page takes 0.2 s, the densest drawing of a real office some 3 s.
PAGE_SECONDS = 8
# 1,000 pages, the most a file may have, take some 150 s and are left to the file itself.
FILE_SECONDS = 24
# All the files of one dossier, on the clock: what is left over stays a file, as the dossier says.
DOSSIER_CLOCK_SECONDS = 80
# The largest scan that is opened has 450 MB of dots; as much again is its copy in strips.
PAGES_MEMORY_MB = 1_500

# --- documents of an office program, where LibreOffice is there to draw them ---------------------
# It starts in some 3 s, and shows a report of 30 pages in as many.
OFFICE_SECONDS = 30
OFFICE_MEMORY_MB = 4_000
OFFICE_WRITTEN_MB = 200
# Of a text file or a mail as pages: WeasyPrint sets some 10,000 such characters a second.
MOST_FILE_CHARACTERS = 60_000

# --- pictures in the text of a paper ------------------------------------------------------------
# A photo of a telephone has 12 to 50 million dots; each takes up to four bytes while it is drawn.
MOST_PAPER_DOTS = 50_000_000

# --- text that somebody typed, on a paper -------------------------------------------------------
# WeasyPrint sets some 3,000 characters or 1,000 table cells a second; the website's interface takes
# 20,000 characters. What is longer is cut, and the paper says so.
MOST_PAPER_CHARACTERS = 60_000
MOST_PAPER_ELEMENTS = 4_000
# Boxes in boxes: each takes some ten calls of a library that may make a thousand.
MOST_PAPER_DEPTH = 40
# A cell over more columns or rows than this builds a table of so many.
MOST_SPAN = 50

# --- whether a signed record can be read, asked while somebody waits ----------------------------
LOOK_SECONDS = 6


class OverBudgetError(ValueError):
    """A file takes more of something than it may.

    :param kind: ``time`` (seconds), ``memory`` or ``unpacked`` (MB), ``text`` (MB), ``entries``,
        ``lines``, ``rows``, ``cells``; ``broken`` where the program that read it died of it
    :param limit: how much it may take
    """

    def __init__(self, kind, limit=0):
        super().__init__(kind, limit)
        self.kind = kind
        self.limit = limit

    def __str__(self):
        return f"more than {self.limit}: {self.kind}"
