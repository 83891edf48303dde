from contextlib import contextmanager

from odoo.exceptions import UserError

from ...report.engine import paper
from ...report.engine.missing_glyphs import NoChineseFontError

TEXTS = frozenset({"char", "text", "html"})


def lacking(dossier):
    """Return the characters in the texts of a dossier's papers that no font of the machine has.

    Looked for in all that the records say: which of it a form prints is the form's affair.
    """
    dossier = dossier.sudo()
    items = dossier.item_ids.filtered(lambda item: not item.left_out)
    texts = [dossier.name, dossier.note, *items.mapped("title"), *items.mapped("note")]
    for model, printed in items.filtered("report_id").grouped("res_model").items():
        records = dossier.env[model].browse(set(printed.mapped("res_id"))).exists()
        names = [
            name
            for name, field in records._fields.items()
            if field.type in TEXTS and field.store and not field.related
        ]
        texts += [record[name] for record in records for name in names]
    return paper.lacking("".join(filter(None, texts)))


@contextmanager
def with_chinese_font(env):
    """Say in a sentence that a paper can't be written: the machine has no Chinese font.

    :raise UserError: telling what to install
    """
    try:
        yield
    except NoChineseFontError as error:
        raise UserError(
            env._(
                "The server has no Chinese font, so nothing is printed and nothing is archived. "
                "Have the package fonts-noto-cjk installed."
            )
        ) from error
