import logging

# A line a step and page would bury Odoo's log; the first come when WeasyPrint is imported.
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
