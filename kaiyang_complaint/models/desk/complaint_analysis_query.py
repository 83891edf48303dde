"""The rows of the statistics, as PostgreSQL finds them.

What stands in other tables is looked up complaint by complaint: a question about a month costs a
month, however much is archived. Each look-up yields one row (it has an aggregate and no groups),
so that PostgreSQL leaves out those whose columns nobody asks for.
"""

# Days of handling are the working days after the first one: plain weeks, counted from a Monday
# long ago, corrected by what the calendar announces: how many of its days came up to a day is
# how many of a sorted array it has passed.
# Which days these are is asked once a centre: its own come before those of all (NULLS LAST).
# A repetition of a restricted complaint is none: it would tell that there is one (七.5).
QUERY = """
    SELECT
        ticket.id,
        ticket.number,
        ticket.name,
        ticket.company_id,
        ticket.user_id,
        ticket.channel_id,
        ticket.window_id,
        ticket.window_unit_id,
        ticket.complaint_class,
        ticket.complaint_state,
        ticket.complainant_identity,
        ticket.is_restricted,
        ticket.settled_on_spot,
        ticket.received_on,
        (ticket.accepted_at AT TIME ZONE 'UTC' AT TIME ZONE clock.zone)::date AS accepted_on,
        CASE WHEN clock.is_open THEN NULL ELSE
            (ticket.closed_date AT TIME ZONE 'UTC' AT TIME ZONE clock.zone)::date
        END AS closed_on,
        TO_CHAR(ticket.received_on, 'YYYY') AS year,
        TO_CHAR(ticket.received_on, 'MM') AS month,
        EXTRACT(ISODOW FROM ticket.received_on)::int::text AS weekday,
        TO_CHAR(ticket.received_at AT TIME ZONE 'UTC' AT TIME ZONE clock.zone, 'HH24:00') AS hour,
        CASE WHEN clock.is_open THEN clock.age END AS age_days,
        CASE
            WHEN NOT clock.is_open THEN NULL
            WHEN clock.age <= 3 THEN 'a'
            WHEN clock.age <= 7 THEN 'b'
            WHEN clock.age <= 15 THEN 'c'
            WHEN clock.age <= 30 THEN 'd'
            ELSE 'e'
        END AS age_bucket,
        slips.representative_id,
        limits.on_time,
        CASE limits.on_time WHEN 1 THEN 'on_time' WHEN 0 THEN 'late' ELSE 'running' END
            AS timeliness,
        limits.overdue,
        limits.handling_days,
        EXISTS (
            SELECT 1 FROM complaint_extension AS extension
            WHERE extension.ticket_id = ticket.id AND extension.state = 'granted'
        )::int::float AS extended,
        CASE found.gravity WHEN 2 THEN 'upheld' WHEN 1 THEN 'partly' WHEN 0 THEN 'not_upheld' END
            AS conclusion,
        (found.gravity > 0)::int::float AS upheld,
        deducted.points,
        told.step AS satisfaction_step,
        told.step::float AS satisfaction,
        (told.step::int >= 3)::int::float AS satisfied,
        EXISTS (
            SELECT 1 FROM helpdesk_ticket AS earlier
            WHERE earlier.window_id = ticket.window_id
                AND earlier.received_at <= ticket.received_at
                AND earlier.received_at
                    >= ticket.received_at - company.complaint_repeat_days * INTERVAL '1 day'
                AND (earlier.received_at, earlier.id) < (ticket.received_at, ticket.id)
                AND earlier.complaint_state NOT IN ('draft', 'invalid')
                AND earlier.is_restricted IS NOT TRUE
        )::int AS repeat
    FROM helpdesk_ticket AS ticket
    JOIN (
        SELECT
            centre.id,
            centre.complaint_tz,
            centre.complaint_repeat_days,
            COALESCE(
                ARRAY_AGG(day.number ORDER BY day.number)
                    FILTER (WHERE day.kind = 'makeup' AND EXTRACT(ISODOW FROM day.date) > 5),
                '{}'
            ) AS makeup,
            COALESCE(
                ARRAY_AGG(day.number ORDER BY day.number)
                    FILTER (WHERE day.kind = 'off' AND EXTRACT(ISODOW FROM day.date) < 6),
                '{}'
            ) AS off
        FROM res_company AS centre
        LEFT JOIN LATERAL (
            SELECT DISTINCT ON (announced.date)
                announced.date, announced.kind, announced.date - DATE '1900-01-01' AS number
            FROM complaint_calendar_day AS announced
            WHERE announced.company_id IS NULL OR announced.company_id = centre.id
            ORDER BY announced.date, announced.company_id
        ) AS day ON TRUE
        GROUP BY centre.id
    ) AS company ON company.id = ticket.company_id
    CROSS JOIN LATERAL (
        SELECT
            company.complaint_tz AS zone,
            ticket.complaint_state NOT IN ('closed', 'archived') AS is_open,
            (%(now)s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE company.complaint_tz)::date
                - ticket.received_on AS age
    ) AS clock
    LEFT JOIN LATERAL (
        SELECT
            MIN(
                CASE
                    WHEN deadline.state = 'met' THEN 1.0
                    WHEN deadline.state = 'missed' OR deadline.due_at < %(now)s THEN 0.0
                END
            ) AS on_time,
            MAX((deadline.state = 'running' AND deadline.due_at < %(now)s)::int) AS overdue,
            SUM(
                last / 7 * 5 + LEAST(MOD(last, 7) + 1, 5)
                - first / 7 * 5 - LEAST(MOD(first, 7) + 1, 5)
                + WIDTH_BUCKET(last, company.makeup) - WIDTH_BUCKET(first, company.makeup)
                - WIDTH_BUCKET(last, company.off) + WIDTH_BUCKET(first, company.off)
            ) AS handling_days
        FROM complaint_deadline AS deadline
        CROSS JOIN LATERAL (
            SELECT
                deadline.start_date - DATE '1900-01-01' AS first,
                (deadline.stopped_at AT TIME ZONE 'UTC' AT TIME ZONE clock.zone)::date
                    - DATE '1900-01-01' AS last
        ) AS days
        WHERE deadline.ticket_id = ticket.id
            AND deadline.kind = 'handling'
            AND deadline.state <> 'cancelled'
    ) AS limits ON TRUE
    LEFT JOIN LATERAL (
        SELECT MAX(CASE finding.conclusion WHEN 'upheld' THEN 2 WHEN 'partly' THEN 1 ELSE 0 END)
            AS gravity
        FROM complaint_finding AS finding
        WHERE finding.ticket_id = ticket.id AND finding.state = 'confirmed'
    ) AS found ON TRUE
    LEFT JOIN LATERAL (
        SELECT SUM(line.points) AS points
        FROM complaint_finding AS finding
        JOIN complaint_assessment_line AS line ON line.finding_id = finding.id
        JOIN complaint_assessment AS assessment ON assessment.id = line.assessment_id
        WHERE finding.ticket_id = ticket.id AND assessment.state = 'published'
    ) AS deducted ON TRUE
    LEFT JOIN LATERAL (
        SELECT (ARRAY_AGG(satisfaction ORDER BY confirmed_at DESC, id DESC))[1] AS step
        FROM complaint_feedback AS feedback
        WHERE feedback.ticket_id = ticket.id
            AND feedback.state = 'confirmed'
            AND feedback.satisfaction IS NOT NULL
            AND feedback.was_asked
    ) AS told ON TRUE
    LEFT JOIN LATERAL (
        SELECT (ARRAY_AGG(slip.representative_id ORDER BY slip.is_lead DESC, slip.id))[1]
            AS representative_id
        FROM complaint_slip AS slip
        WHERE slip.ticket_id = ticket.id AND slip.sent_at IS NOT NULL AND slip.state <> 'declined'
    ) AS slips ON TRUE
    WHERE ticket.complaint_state NOT IN ('draft', 'invalid')
"""
