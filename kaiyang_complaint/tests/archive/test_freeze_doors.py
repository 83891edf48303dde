import base64

from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from ...tools.codes import TICKET
from ..access.file_contents import scan
from .freeze_common import FreezeCommon

REPLY = """Return-Path: <citizen@example.com>
From: <citizen@example.com>
To: desk@example.com
Subject: Re
Message-Id: <reply-{0}>
In-Reply-To: {0}
References: {0}
Content-Type: text/plain; charset=utf-8

still waiting
"""
# A pixel.
PICTURE = "R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs="


@tagged("post_install", "-at_install")
class TestFreezeDoors(FreezeCommon, HttpCase):
    """Words, files, to-dos, followers: by every door of the web client."""

    @classmethod
    def archive(cls, case):
        for one in (cls.archived, cls.running):
            cls.speak(one)
        return super().archive(case)

    @classmethod
    def speak(cls, case):
        """Let the manager write and file something about a case."""
        records = case.with_user(cls.manager)
        message = records.message_post(
            body="材料已核对", attachments=[("照片.txt", b"photo")], message_type="comment"
        )
        file = cls.env["ir.attachment"].with_user(cls.manager)
        file = file.create(
            {"name": "录音.txt", "raw": b"x", "res_model": TICKET, "res_id": case.id}
        )
        cls.said = {**getattr(cls, "said", {}), case.id: (message, file)}

    def setUp(self):
        super().setUp()
        self.other = self.new_complaint()
        self.loose = (
            self.env["ir.attachment"].with_user(self.manager).create({"name": "l", "raw": scan()})
        )
        self.authenticate("kc_manager", "kc_manager")

    def ask(self, url, **params):
        return self.make_jsonrpc_request(url, params)

    def call(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": list(args), "kwargs": kwargs}
        return self.ask(f"/web/dataset/call_kw/{model}/{method}", **params)

    def doors(self, case):
        """Return by name what somebody may try, as calls of the web client."""
        return {
            **self.doors_to_words(case),
            **self.doors_to_files(case),
            **self.doors_to_facts(case),
        }

    def doors_to_words(self, case):
        message = self.said[case.id][0]
        at = {"thread_model": TICKET, "thread_id": case.id}
        edit = {"message_id": message.id, "update_data": {"body": "y", "attachment_ids": []}}
        reaction = {"message_id": message.id, "content": "+", "action": "add"}
        later = {
            "model": TICKET,
            "res_id": case.id,
            "author_id": self.manager.partner_id.id,
            "scheduled_date": "2030-01-01 00:00:00",
            "body": "x",
        }
        return {
            "post": ("/mail/message/post", {**at, "post_data": {"body": "x"}}),
            "edit": ("/mail/message/update_content", edit),
            "react": ("/mail/message/reaction", reaction),
            "message write": ("mail.message", "write", [message.id], {"body": "y"}),
            "message unlink": ("mail.message", "unlink", [message.id]),
            "message_post": (TICKET, "message_post", [case.id]),
            "message_post on a slip": ("complaint.slip", "message_post", case.slip_ids.ids),
            "later": ("mail.scheduled.message", "create", later),
        }

    def doors_to_files(self, case):
        file, in_case = self.said[case.id][1], {"res_model": TICKET, "res_id": case.id}
        content = base64.b64encode(b"forged").decode()
        write, loose = ("ir.attachment", "write"), self.loose.id
        return {
            "delete file": ("/mail/attachment/delete", {"attachment_id": file.id}),
            "attach": ("ir.attachment", "create", {"name": "x", "raw": "x", **in_case}),
            "datas": (*write, [file.id], {"datas": content}),
            "name": (*write, [file.id], {"name": "y"}),
            "away": (*write, [file.id], {"res_id": self.other.id}),
            "into": (*write, [loose], in_case),
            "unlink": ("ir.attachment", "unlink", [file.id]),
            "in field": (TICKET, "write", [case.id], {"signed_form_ids": [[4, loose]]}),
        }

    def doors_to_facts(self, case):
        in_case = {"res_model": TICKET, "res_id": case.id}
        todo = {
            "res_id": case.id,
            "res_model_id": self.env["ir.model"]._get_id(TICKET),
            "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
        }
        follower = {**in_case, "partner_ids": [self.both.partner_id.id]}
        return {
            "follow": ("/mail/thread/subscribe", follower),
            "activity": ("mail.activity", "create", todo),
            "quick field": (TICKET, "web_save", [case.id], {"color": 3}, {}),
            "import": (TICKET, "load", [".id", "name"], [[str(case.id), "伪造"]]),
        }

    def tried(self, door):
        """Tell whether a door let somebody through; undo what it did."""
        url, *args = door
        savepoint = self.env.cr.savepoint()
        try:
            with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
                result = self.ask(url, **args[0]) if url[0] == "/" else self.call(url, *args)
            return not (isinstance(result, dict) and result.get("messages"))
        except JsonRpcException:
            return False
        finally:
            self.env.invalidate_all(flush=False)
            savepoint.close(rollback=True)

    def test_a8_no_door_of_the_web_client_leads_into_an_archived_case(self):
        for name, door in self.doors(self.archived).items():
            with self.subTest(door=name):
                self.assertFalse(self.tried(door))
                self.assertTrue(self.tried(self.doors(self.running)[name]))

    def test_a8_to_a_closed_case_is_added_and_nothing_taken_away(self):
        self.running.sudo()._procedure_write({"complaint_state": "closed"})
        let_in = {name for name, door in self.doors(self.running).items() if self.tried(door)}
        kept = {"edit", "delete file", "message write", "message unlink", "datas", "name", "away"}
        kept |= {"unlink", "in field", "import"}
        self.assertEqual(self.doors(self.running).keys() - let_in, kept)

    def test_a8_files_and_words_of_an_archived_case_are_still_read(self):
        message, file = self.said[self.archived.id]
        self.assertEqual(self.url_open(f"/web/content/{file.id}").content, b"x")
        read = self.call("mail.message", "read", [message.id], ["body"])
        self.assertIn("材料已核对", read[0]["body"])
        self.call("mail.message", "toggle_message_starred", [message.id])

    def test_a8_who_only_looks_changes_nothing_and_meets_no_refusal(self):
        file = self.said[self.archived.id][1].sudo()
        file._unlocked().mimetype = "application/pdf"
        thumbnail = {"attachment_id": file.id, "thumbnail": PICTURE}
        self.ask("/mail/attachment/update_thumbnail", **thumbnail)
        self.call("ir.attachment", "register_as_main_attachment", [file.id])
        self.env.invalidate_all()
        self.assertTrue(file.has_thumbnail)
        self.assertEqual(file.raw, b"x")

    def test_a8_mail_about_an_archived_case_goes_back(self):
        for case, taken in ((self.running, True), (self.archived, False)):
            message = self.said[case.id][0]
            count = len(case.message_ids)
            with mute_logger(
                "odoo.addons.mail.models.mail_mail", "odoo.addons.mail.models.mail_thread"
            ):
                self.env["mail.thread"].message_process(TICKET, REPLY.format(message.message_id))
            self.assertEqual(len(case.message_ids) > count, taken)
