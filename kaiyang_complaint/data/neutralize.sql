-- The website's interface: its keys open this database no more.
DELETE FROM res_users_apikeys
 WHERE user_id IN (
       SELECT members.uid
         FROM res_groups_users_rel AS members
         JOIN ir_model_data AS data
           ON data.model = 'res.groups' AND data.res_id = members.gid
        WHERE data.module = 'kaiyang_complaint'
          AND data.name = 'group_complaint_integration'
);

-- The screens in the hall: their link shows this database no more.
UPDATE res_company
   SET complaint_board_token = NULL;

-- Notices to representatives, staff and citizens that wait: whoever gives the copy a mail server
-- sends none of them.
UPDATE mail_mail
   SET state = 'cancel'
 WHERE state = 'outgoing'
   AND mail_message_id IN (
       SELECT id
         FROM mail_message
        WHERE model = 'helpdesk.ticket' OR model LIKE 'complaint.%'
);
DELETE FROM mail_scheduled_message
 WHERE model = 'helpdesk.ticket' OR model LIKE 'complaint.%';
