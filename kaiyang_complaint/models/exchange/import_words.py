"""Says in words what became of a row of an imported file, and why a file can't be read."""

SHOWN_LENGTH = 30
REMARKS_BETWEEN = " · "


def fault_label(env, row, labels):
    """Return why a row is not taken as it was meant.

    :param row: a ``Row`` with a fault
    :param labels: how the fields are called
    """
    culprit = row.culprit[:SHOWN_LENGTH]
    column = labels.get(row.field, "")
    return {
        "external_ref": env._("The number of the website is missing"),
        "description": env._("The text of the complaint is missing"),
        "received_at": env._("Invalid date received: “%s”", culprit),
        "service_datetime": env._("Invalid service date: “%s”", culprit),
        "ambiguous": env._(
            "Day and month can't be told apart: “%s”. Write it as 2026-05-09 09:05.", culprit
        ),
        "altered": env._(
            "%(column)s “%(culprit)s”: a spreadsheet program shortened or changed this number. "
            "Export it anew, or format its column as text and type it in again.",
            column=column,
            culprit=culprit,
        ),
        "formula": env._(
            "%(column)s “%(culprit)s” is a formula without a result. Open the file in a spreadsheet"
            " program, save it, and choose it again.",
            column=column,
            culprit=culprit,
        ),
        "cells": env._(
            "More cells than columns, from “%s” on: a text holds the sign between the columns. Save"
            " the file as xlsx, or put the text in quotation marks.",
            culprit,
        ),
        "quote": env._(
            "A quotation mark is not closed: this row holds the rows below it as well. Close it, "
            "or save the file as xlsx."
        ),
        "total": env._("A total, not a complaint"),
        "header": env._("The header once more, not a complaint"),
    }[row.fault]


def remark_label(env, remark, labels):
    """Return what of a row is not taken.

    :param remark: a pair of what it is, and the text or field concerned
    """
    kind, concerned = remark
    return {
        # The report names nobody: not even by half a number.
        "masked": env._("A masked telephone was left out"),
        "pictures": env._("Pictures in the text were left out: %s", concerned),
        "unreadable": env._("A character can't be read (�): %s", labels.get(concerned, concerned)),
    }[kind]


def unreadable_label(env, kind):
    """Return why a file can't be read, and what helps.

    :param kind: see ``UnreadableError``
    """
    return {
        "web": env._(
            "This is a web page, whatever its name says. Open it in WPS or Excel, save it as xlsx, "
            "and choose that file."
        ),
        "xml": env._(
            "This is an XML spreadsheet of 2003, whatever its name says. Open it in WPS or Excel, "
            "save it as xlsx, and choose that file."
        ),
        "old": env._(
            "This is a workbook of the old kind (xls). Open it in WPS or Excel, save it as xlsx, "
            "and choose that file."
        ),
        "locked": env._(
            "This workbook has a password. Open it in WPS or Excel, save it without the password, "
            "and choose that file."
        ),
        "": env._("This file can't be read. Save it as xlsx or csv and choose it again."),
    }[kind]
