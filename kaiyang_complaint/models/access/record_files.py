"""Files that belong to a record: whoever may read the record may open them."""

import base64

from odoo.exceptions import UserError

from ...tools.file_names import clean_name


def attach(record, attachments):
    """Keep files with a record and return them.

    :param attachments: pairs of a file name and its bytes in base64
    :raise UserError: naming the file whose content is not base64
    """
    record.ensure_one()
    owner = {"res_model": record._name, "res_id": record.id}
    return record.env["ir.attachment"].create(
        [
            {"name": clean_name(name), "raw": _decoded(record.env, name, content), **owner}
            for name, content in attachments
        ]
    )


def _decoded(env, name, content):
    content = content.encode() if isinstance(content, str) else content
    try:
        return base64.b64decode(b"".join(content.split()), validate=True)
    except (AttributeError, ValueError) as error:
        message = env._("The content of “%s” is not base64.", clean_name(name))
        raise UserError(message) from error


def bind_files(records, names):
    """Attach unowned files of the user in some fields to the records.

    :param names: fields that hold files
    """
    for record in records:
        for name in names:
            loose = record.sudo()[name].filtered(
                lambda file: not file.res_id and file.create_uid.id == file.env.uid
            )
            # The record itself was open to the change: the file comes along with it.
            loose._unlocked().write({"res_model": record._name, "res_id": record.id})
            (record.sudo()[name] - loose)._assert_taken()
