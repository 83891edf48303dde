"""Codes that several chapters name: models, groups, activities, states, thresholds.

Each stands here once; what a single chapter names stands in the file that uses it.
"""

# The model that a complaint is a record of.
TICKET = "helpdesk.ticket"

# Groups. What identifies a complainant is for the desk alone (四.6).
GROUP_PREFIX = "kaiyang_complaint.group_complaint_"
STAFF_ONLY = "kaiyang_complaint.group_complaint_user"
MANAGER_GROUP = "kaiyang_complaint.group_complaint_manager"
LEADERS = ("leader", "director")
# Roles that overturn a finding and withdraw what is displayed.
SUPERVISORS = ("manager", "leader", "director")

# Fields by which a change is none of the record itself.
BESIDE_THE_RECORD = ("message_", "activity_")

# Activity types.
ACTIVITY_UNIT_ANSWERED = "kaiyang_complaint.activity_unit_answered"
ACTIVITY_CALL_BACK = "kaiyang_complaint.activity_call_back"
ACTIVITY_REOPENED = "kaiyang_complaint.activity_reopened"
ACTIVITY_RETURN = "kaiyang_complaint.activity_return"

# States of a slip in which the representative has something to do with it, or may get it back.
SLIP_WITH_UNIT = ("sent", "received", "replied")

# How a complainant agrees to be answered by a unit, and what the unit reports of it (五(三)).
CONSENT_WAYS = [
    ("in_person", "In person"),
    ("phone", "By telephone"),
    ("message", "By message"),
    ("letter", "By letter"),
]
REPORTED_FEEDBACK = ("mode", "content", "callee", "satisfaction", "suggestion")
