const { DateTime } = luxon;

const DAYS_AGO = { 今天: 0, 今日: 0, 昨天: 1, 昨日: 1, 前天: 2 };
const DATE = "(?:(\\d{4})[-/.年])?(\\d{1,2})[-/.月](\\d{1,2})[日号]?";
const NAMED = "(今天|今日|昨天|昨日|前天)";
const TIME = "(上午|下午|晚上)?\\s*(\\d{1,2})[:时点](\\d{1,2})?(?:[:分](\\d{1,2}))?[分秒]?";
const DATED = new RegExp(`^${DATE}\\s*${TIME}$`);
const OF_A_DAY = new RegExp(`^${NAMED}?\\s*${TIME}$`);
const NOON = 12;

/**
 * Return the moment that somebody wrote as the screen shows moments, or null.
 *
 * A day without its year is the last one of that name: what is taken down at intake has been.
 *
 * @param {string} text such as 11-27 10:30, 11月27日 10:30, 昨天 15:05, 10:30
 * @param {DateTime} now
 * @returns {DateTime|null}
 */
export function readMoment(text, now) {
    const plain = text.normalize("NFKC").trim();
    const dated = DATED.exec(plain);
    if (dated) {
        const [, year, month, day, ...time] = dated;
        const given = { month: Number(month), day: Number(day), ...clock(time) };
        const moment = at({ year: Number(year || now.year), ...given }, now);
        const ahead = moment && !year && moment > now.endOf("day");
        return ahead ? at({ year: now.year - 1, ...given }, now) : moment;
    }
    const ofDay = OF_A_DAY.exec(plain);
    if (ofDay) {
        const [, name, ...time] = ofDay;
        const day = now.minus({ days: DAYS_AGO[name] || 0 });
        return at({ year: day.year, month: day.month, day: day.day, ...clock(time) }, now);
    }
    return null;
}

function clock([half, hour, minute, second]) {
    const later = half && half !== "上午" && Number(hour) < NOON ? NOON : 0;
    return { hour: Number(hour) + later, minute: Number(minute || 0), second: Number(second || 0) };
}

function at(parts, now) {
    const moment = DateTime.fromObject(parts, { zone: now.zone });
    return moment.isValid ? moment : null;
}
