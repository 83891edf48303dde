# The complaint that the measurements register, or multiply.


def complaint(env, window, **values):
    """Return the values of a complaint by telephone about a window."""
    return {
        "team_id": env.ref("kaiyang_complaint.team_complaint_room").id,
        "channel_id": env.ref("kaiyang_complaint.channel_phone").id,
        "no_recording_reason": "不同意录音",
        "partner_name": "张三",
        "complainant_phone": "13812345678",
        "window_id": window.id,
        "service_datetime": "2026-03-02 02:30:00",
        "service_item": "转移登记",
        "description": "<p>取号后等了两个小时，窗口人员没有一次性告知。</p>",
        **values,
    }
