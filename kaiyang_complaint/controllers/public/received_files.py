"""Files that citizens send with a public form: each is taken or refused by itself."""

from odoo.exceptions import UserError
from odoo.http import request

from ...tools.file_names import MAX_FILE_SIZE, MEGABYTE, clean_name

MOST_FILES = 9


def received_files(room_left):
    """Return the files of the form that are taken, and why the others are not.

    :param room_left: how many files may still be added
    :return: pairs of a name and the content; messages
    """
    env, taken, refused, size = request.env, [], [], 0
    for upload in request.httprequest.files.getlist("file"):
        name = clean_name(upload.filename or "")
        if not upload.filename:
            continue
        content = upload.read(MAX_FILE_SIZE + 1)
        size += len(content)
        if len(taken) >= room_left:
            refused.append(env._("“%s” is one file too many.", name))
        elif len(content) > MAX_FILE_SIZE:
            refused.append(env._("“%s” is larger than 20 MB.", name))
        else:
            reason = env["ir.attachment"].sudo()._refusal(name, content)
            refused += [reason] if reason else []
            taken += [] if reason else [(name, content)]
    address = request.httprequest.remote_addr
    attempts = env["complaint.tracking.attempt"].sudo()
    if taken and not attempts._may_upload(address, -(-size // MEGABYTE)):
        return [], [
            env._(
                "Too much was uploaded from this connection. Please try in an hour, or bring it to "
                "the complaint room."
            )
        ]
    return taken, refused


def attach(owner, files):
    """Keep files with a submission; return why one is not taken, or nothing."""
    try:
        owner._attach(files)
    except UserError as error:
        return [str(error)]
    return []
