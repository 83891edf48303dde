from ..common import SIGNATURE, ComplaintCommon


class SpotCommon(ComplaintCommon):
    """Complaints made in the room, with whom it called."""

    @classmethod
    def called(cls, **vals):
        """Return an accepted complaint made on site; its people were called by itself."""
        return cls.accepted("onsite", **vals)

    @classmethod
    def arrived(cls, **vals):
        """Return one whose representative came."""
        ticket = cls.called(**vals)
        ticket.call_ids.filtered("representative_id").action_arrive()
        return ticket

    @classmethod
    def settlement(cls, **vals):
        """Return what the desk fills in when it settles a complaint on the spot."""
        return {
            "content": "首席代表当面致歉，说明所需材料。",
            "result": "当场收件受理。",
            "satisfaction": "5",
            "no_suggestion": True,
            "signature": SIGNATURE,
            **vals,
        }

    @classmethod
    def inquiry_values(cls, **vals):
        """Return a complete investigation, without what its complaint fills in."""
        return {
            "respondent_facts": "窗口人员称当日排队人多，忘了一次性告知。",
            "evidence": "监控显示未出示材料清单。",
            "mediation": "settled",
            "mediation_note": "当事人接受道歉。",
            "conclusion": "upheld",
            "cause": "业务不熟。",
            "responsibility": "staff",
            "measures": "窗口张贴材料清单，组织培训。",
            **vals,
        }

    @classmethod
    def investigate(cls, ticket, user=None, **vals):
        """Begin an investigation as the clerk."""
        inquiries = cls.env["complaint.investigation"].with_user(user or cls.clerk)
        return inquiries.create({"ticket_id": ticket.id, **cls.inquiry_values(**vals)})
