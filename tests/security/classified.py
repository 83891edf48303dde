"""What every model and every route is to a case. What stands here nowhere fails the proof.

A new model or route is put where it belongs by whoever adds it: what holds a case gets words, and
every role is sent to its doors.
"""


def _names(text):
    return frozenset(text.split())


# Parts of a case: words are planted in each.
CASE_MODELS = _names(
    """
    complaint.access.log complaint.analysis complaint.approval complaint.assessment
    complaint.assessment.line complaint.bar complaint.board complaint.board.entry complaint.call
    complaint.case.event complaint.citizen.message complaint.contact complaint.deadline
    complaint.dossier
    complaint.dossier.batch
    complaint.dossier.batch.line complaint.dossier.item complaint.dossier.loan
    complaint.dossier.note
    complaint.escalation complaint.extension complaint.feedback complaint.finding
    complaint.import complaint.import.line complaint.investigation
    complaint.investigation.opinion complaint.letter complaint.measure complaint.meeting
    complaint.meeting.invitee
    complaint.meeting.line complaint.referral complaint.respondent complaint.slip
    complaint.slip.reply complaint.submission complaint.written.report helpdesk.ticket
    """
)

# Of these a view of other tables.
WITHOUT_TABLE = _names("complaint.analysis")

# Name a record of a case by model and id, or hang on what does.
BESIDE_MODELS = _names(
    """
    bus.bus calendar.event ir.attachment mail.activity mail.followers mail.mail mail.message
    mail.message.reaction mail.notification mail.scheduled.message mail.tracking.value
    """
)

# A centre's own, of no case.
CENTRE_MODELS = _names(
    """
    complaint.access.anchor complaint.access.chain complaint.authority complaint.clause
    complaint.common.issue complaint.deduction.rule
    complaint.dossier.box complaint.escalation.rule complaint.guidance.log
    complaint.guidance.notice
    complaint.import.column complaint.phrase complaint.representative complaint.retention.rule
    complaint.sla.policy complaint.tracking.attempt complaint.window complaint.window.staff
    complaint.window.unit
    """
)

# The same for all centres.
SHARED_MODELS = _names(
    """
    complaint.aspect complaint.calendar.day complaint.calendar.year helpdesk.ticket.category
    helpdesk.ticket.channel helpdesk.ticket.stage helpdesk.ticket.tag helpdesk.ticket.team
    """
)

# Dialogs: each person has their own.
DIALOG_MODELS = _names(
    """
    complaint.access.check complaint.account.wizard complaint.answer.wizard
    complaint.bulk.act complaint.bulk.act.line complaint.review.wizard
    complaint.calendar.import complaint.clerk.handover complaint.consideration.wizard
    complaint.decline.wizard complaint.delegate.wizard
    complaint.dossier.add complaint.dossier.boxing complaint.dossier.catalogue
    complaint.eligibility complaint.eligibility.line complaint.gateway.key
    complaint.invalid.wizard complaint.letter.register complaint.reason.wizard
    complaint.refusal.wizard complaint.reply.wizard complaint.settings
    complaint.settlement.wizard
    complaint.representative.wizard complaint.slip.handover complaint.statistics.month
    complaint.window.move
    """
)

# Answer questions about cases without a table.
ANSWERING_MODELS = _names(
    """
    """
)

# Odoo's own, with nothing of a case in them.
OTHER_MODELS = _names(
    """
    auth.passkey.key auth.passkey.key.create auth.totp.rate.limit.log auth_totp.device
    auth_totp.wizard base.automation base.document.layout base.enable.profiling.wizard
    base.import.module base.language.export base.language.import base.language.install
    base.module.install.request base.module.install.review base.module.uninstall
    base.module.update base.module.upgrade base.partner.merge.automatic.wizard
    base.partner.merge.line base_import.import base_import.mapping calendar.alarm
    calendar.attendee calendar.event.type calendar.filters calendar.popover.delete.wizard
    calendar.provider.config calendar.recurrence change.password.own change.password.user
    change.password.wizard decimal.precision digest.digest digest.tip discuss.call.history
    discuss.channel discuss.channel.member discuss.channel.rtc.session discuss.gif.favorite
    discuss.voice.metadata fetchmail.server helpdesk.ticket.duplicate.wizard
    html_editor.converter.test html_editor.converter.test.sub iap.account iap.service
    ir.actions.act_url ir.actions.act_window ir.actions.act_window.view
    ir.actions.act_window_close ir.actions.actions ir.actions.client ir.actions.report
    ir.actions.server ir.actions.server.history ir.actions.todo ir.asset ir.config_parameter
    ir.cron ir.cron.progress ir.cron.trigger ir.default ir.demo ir.demo_failure
    ir.demo_failure.wizard ir.embedded.actions ir.exports ir.exports.line ir.filters ir.http
    ir.logging
    ir.mail_server ir.model ir.model.access ir.model.constraint ir.model.data ir.model.fields
    ir.model.fields.selection ir.model.inherit ir.model.relation ir.module.category
    ir.module.module ir.module.module.dependency ir.module.module.exclusion ir.profile ir.rule
    ir.sequence ir.sequence.date_range ir.ui.menu ir.ui.view ir.ui.view.custom
    mail.activity.plan mail.activity.plan.template mail.activity.schedule
    mail.activity.schedule.line mail.activity.type mail.alias mail.alias.domain mail.blacklist
    mail.blacklist.remove mail.canned.response mail.compose.message mail.followers.edit
    mail.gateway.allowed mail.guest mail.ice.server mail.link.preview mail.message.link.preview
    mail.message.schedule mail.message.subtype mail.message.translation mail.presence mail.push
    mail.push.device mail.template mail.template.preview mail.template.reset phone.blacklist
    phone.blacklist.remove portal.share portal.wizard portal.wizard.user privacy.log
    privacy.lookup.wizard privacy.lookup.wizard.line properties.base.definition report.layout
    report.paperformat res.bank res.company res.config res.config.settings res.country
    res.country.group res.country.state res.currency res.currency.rate res.device res.device.log
    res.groups res.groups.privilege res.lang res.partner res.partner.bank res.partner.category
    res.partner.industry res.role res.users res.users.apikeys res.users.apikeys.description
    res.users.deletion res.users.identitycheck res.users.log res.users.settings
    res.users.settings.embedded.action res.users.settings.volumes reset.view.arch.wizard
    resource.calendar resource.calendar.attendance resource.calendar.leaves resource.resource
    server.action.history.wizard sms.account.code sms.account.phone sms.account.sender
    sms.composer sms.sms sms.template sms.template.preview sms.template.reset sms.tracker
    snailmail.letter spreadsheet.dashboard spreadsheet.dashboard.group
    spreadsheet.dashboard.share web_tour.tour web_tour.tour.step wizard.ir.model.menu.create
    """
)

MODEL_CLASSES = {
    "case": CASE_MODELS,
    "beside": BESIDE_MODELS,
    "centre": CENTRE_MODELS,
    "shared": SHARED_MODELS,
    "dialog": DIALOG_MODELS,
    "answering": ANSWERING_MODELS,
    "other": OTHER_MODELS,
}
# In which planted words may stand.
HOLDING = ("case", "beside", "centre")

CASE, PLAIN, OWN_DOOR, NEVER = "case", "plain", "door", "never"
# May name a case in what they are given: asked for every hidden one.
CASE_ROUTES = _names(
    """
    /complaint/archive/batch/<int:batch_id>
    /complaint/archive/volume/<int:dossier_id>/examine
    /complaint/assessment/<int:res_id>.xlsx
    /complaint/board/preview/<int:board_id>
    /complaint/ledger.xlsx
    /discuss/channel/set_new_message_separator
    /html_editor/attachment/add_data
    /html_editor/attachment/add_url
    /html_editor/bus_broadcast
    /html_editor/modify_image/<model("ir.attachment"):attachment>
    /mail/attachment/delete
    /mail/attachment/pdf_first_page/<int:attachment_id>
    /mail/attachment/update_thumbnail
    /mail/attachment/upload
    /mail/avatar/mail.message/<int:res_id>/author_avatar/<int:width>x<int:height>
    /mail/chatter_fetch
    /mail/link_preview
    /mail/message/<int:message_id>
    /mail/message/post
    /mail/message/reaction
    /mail/message/translate
    /mail/message/update_content
    /mail/partner/from_email
    /mail/read_subscription_data
    /mail/thread/messages
    /mail/thread/recipients
    /mail/thread/recipients/fields
    /mail/thread/recipients/get_suggested_recipients
    /mail/thread/subscribe
    /mail/thread/unsubscribe
    /mail/unfollow
    /mail/update_is_internal
    /mail/view
    /my/complaints/<int:slip_id>
    /my/complaints/<int:slip_id>/contact
    /my/complaints/<int:slip_id>/decline
    /my/complaints/<int:slip_id>/feedback
    /my/complaints/<int:slip_id>/file/<int:file_id>
    /my/complaints/<int:slip_id>/measure/<int:measure_id>
    /my/complaints/<int:slip_id>/print
    /my/complaints/<int:slip_id>/receive
    /my/complaints/<int:slip_id>/reply
    /my/complaints/call/<int:call_id>/come
    /my/reports/<int:report_id>
    /my/reports/<int:report_id>/file/<int:file_id>
    /my/reports/<int:report_id>/letter
    /my/reports/<int:report_id>/print
    /my/reports/<int:report_id>/write
    /my/ticket/<int:ticket_id>
    /my/ticket/<int:ticket_id>/<access_token>
    /portal/attachment/remove
    /portal/chatter_init
    /ticket/close
    /web/binary/upload_attachment
    /web_editor/attachment/add_data
    /web_editor/attachment/add_url
    /web_editor/bus_broadcast
    /web_editor/modify_image/<model("ir.attachment"):attachment>
    """
)

# Name no case: asked once by every role, with nothing but their address.
PLAIN_ROUTES = _names(
    """
    /
    /base_import/set_file
    /base_setup/data
    /base_setup/demo_active
    /bus/get_model_definitions
    /bus/has_missed_notifications
    /bus/websocket_worker_bundle
    /calendar/check_credentials
    /calendar/join_videocall/<string:access_token>
    /calendar/meeting/accept
    /calendar/meeting/decline
    /calendar/meeting/join
    /calendar/meeting/view
    /calendar/notify
    /calendar/notify_ack
    /calendar/recurrence/accept
    /calendar/recurrence/decline
    /chat/<int:channel_id>/<string:invitation_token>
    /chat/<string:create_token>
    /chat/<string:create_token>/<string:channel_name>
    /complaint/archive/catalogue/<int:wizard_id>.xlsx
    /complaint/board/<string:token>
    /complaint/new
    /complaint/new/<string:step>
    /complaint/receipt
    /complaint/track
    /complaint/track/<string:act>
    /dashboard/data/<int:share_id>/<token>
    /dashboard/download/<int:share_id>/<token>
    /dashboard/share/<int:share_id>/<token>
    /digest/<int:digest_id>/set_periodicity
    /digest/<int:digest_id>/unsubscribe
    /digest/<int:digest_id>/unsubscribe_oneclik
    /discuss/channel/<int:channel_id>
    /discuss/channel/attachments
    /discuss/channel/join
    /discuss/channel/mark_as_read
    /discuss/channel/members
    /discuss/channel/messages
    /discuss/channel/notify_typing
    /discuss/channel/ping
    /discuss/channel/pinned_messages
    /discuss/channel/sub_channel/create
    /discuss/channel/sub_channel/delete
    /discuss/channel/sub_channel/fetch
    /discuss/channel/update_avatar
    /discuss/search
    /discuss/settings/custom_notifications
    /discuss/settings/mute
    /discuss/voice/worklet_processor
    /doc
    /doc-bearer/<model_name>.json
    /doc-bearer/index.json
    /doc/<model_name>
    /doc/<model_name>.json
    /doc/index.html
    /doc/index.json
    /html_editor/attachment/remove
    /html_editor/get_image_info
    /json/1/<path:subpath>
    /json/<path:subpath>
    /json/version
    /logo
    /logo.png
    /mail/guest/update_name
    /mail/history/messages
    /mail/inbox/messages
    /mail/link_preview/hide
    /mail/set_manual_im_status
    /mail/starred/messages
    /meet/<string:create_token>
    /meet/<string:create_token>/<string:channel_name>
    /my
    /my/account
    /my/address
    /my/address/archive
    /my/address/country_info/<model("res.country"):country>
    /my/address/submit
    /my/addresses
    /my/complaints
    /my/complaints/page/<int:page>
    /my/counters
    /my/home
    /my/reports
    /my/security
    /my/tickets
    /my/tickets/page/<int:page>
    /new/ticket
    /odoo
    /odoo/<path:subpath>
    /odoo/offline
    /report/barcode
    /report/check_wkhtmltopdf
    /robots.txt
    /scoped_app
    /scoped_app/<path:subpath>
    /scoped_app_icon_png
    /spreadsheet/dashboard/data/<model("spreadsheet.dashboard"):dashboard>
    /web
    /web/action/load
    /web/action/load_breadcrumbs
    /web/assets/<string:unique>/<string:filename>
    /web/binary/company_logo
    /web/bundle/<string:bundle_name>
    /web/domain/validate
    /web/filestore/<path:_path>
    /web/health
    /web/hook/<string:rule_uuid>
    /web/login
    /web/login/totp
    /web/login_successful
    /web/manifest.scoped_app_manifest
    /web/manifest.webmanifest
    /web/model/get_definitions
    /web/pivot/export_xlsx
    /web/reset_password
    /web/service-worker.js
    /web/session/account
    /web/session/check
    /web/session/get_lang_list
    /web/session/get_session_info
    /web/session/modules
    /web/set_profiling
    /web/sign/get_fonts
    /web/signup
    /web/version
    /web/view/edit_custom
    /web/webclient/load_menus
    /web/webclient/translations
    /web/webclient/version_info
    /web_editor/get_image_info
    /web_enterprise/partner/<model("res.partner"):partner>/vcard
    /website/translations
    /websocket/health
    /websocket/on_closed
    /websocket/update_bus_presence
    """
)

# Asked by a door of their own, in `doors.py` and `routes.py`.
DOOR_ROUTES = _names(
    """
    /json/2
    /json/2/<__model__>/<__method__>
    /json/2/<path:subpath>
    /jsonrpc
    /mail/attachment/zip
    /mail/data
    /report/<converter>/<reportname>
    /report/<converter>/<reportname>/<docids>
    /web/action/run
    /web/dataset/call_button
    /web/dataset/call_button/<path:path>
    /web/dataset/call_kw
    /web/dataset/call_kw/<path:path>
    /web/export/csv
    /web/export/xlsx
    /websocket/peek_notifications
    /xmlrpc/2/<service>
    /xmlrpc/<service>
    """
)

# Never asked: they end the session or the account, make databases or tickets, speak with other
# services, or draw a picture of what they are given.
NEVER_ROUTES = _names(
    """
    /html_editor/image_shape/<string:img_key>/<module>/<path:filename>
    /html_editor/shape/<module>/<path:filename>
    /report/barcode/<barcode_type>/<path:value>
    /submitted/ticket
    /web/partner/vcard
    /web/profile_config/<profile>
    /web/sign/get_fonts/<string:fontname>
    /web/speedscope/<profile>
    /web/webclient/bootstrap_translations
    /web_editor/image_shape/<string:img_key>/<module>/<path:filename>
    /web_editor/shape/<module>/<path:filename>
    /auth/passkey/start-auth
    /base_import_module/login_upload
    /discuss/gif/add_favorite
    /discuss/gif/categories
    /discuss/gif/favorites
    /discuss/gif/remove_favorite
    /discuss/gif/search
    /google_gmail/confirm
    /google_gmail/iap_confirm
    /html_editor/generate_text
    /html_editor/get_ice_servers
    /html_editor/link_preview_external
    /html_editor/link_preview_internal
    /html_editor/media_library_search
    /html_editor/save_library_media
    /html_editor/video_url/data
    /mail/action
    /mail/rtc/audio_worklet_processor_v2
    /mail/rtc/channel/cancel_call_invitation
    /mail/rtc/channel/join_call
    /mail/rtc/channel/leave_call
    /mail/rtc/channel/upgrade_connection
    /mail/rtc/session/notify_call_members
    /mail/rtc/session/update_and_broadcast
    /microsoft_outlook/confirm
    /microsoft_outlook/iap_confirm
    /my/deactivate_account
    /report/download
    /sms/status
    /web/become
    /web/database/backup
    /web/database/change_password
    /web/database/create
    /web/database/drop
    /web/database/duplicate
    /web/database/list
    /web/database/manager
    /web/database/restore
    /web/database/selector
    /web/export/formats
    /web/export/get_fields
    /web/export/namelist
    /web/session/authenticate
    /web/session/destroy
    /web/session/logout
    /web/tests
    /web/tests/legacy
    /web_editor/generate_text
    /web_editor/get_ice_servers
    /web_editor/save_library_media
    /web_editor/video_url/data
    /web_unsplash/attachment/add
    /web_unsplash/fetch_images
    /web_unsplash/get_app_id
    /web_unsplash/save_unsplash
    /websocket
    """
)

# Families whose members differ in the size or the colour of a picture, asked for by model and id.
FAMILIES = ("/mail/font_to_img/", "/web/content", "/web/image", "/web_editor/font_to_img/")


def model_class(model):
    """Return the class of a model, or nothing where nobody said."""
    return next((name for name, models in MODEL_CLASSES.items() if model in models), None)


def route_class(route):
    """Return the class of a route, or nothing where nobody said."""
    if route in CASE_ROUTES:
        return CASE
    if route in PLAIN_ROUTES:
        return PLAIN
    if route in DOOR_ROUTES or route.startswith(FAMILIES):
        return OWN_DOOR
    return NEVER if route in NEVER_ROUTES else None
