const { DateTime } = luxon;

const DAYS_AGO = { 今天: 0, 今日: 0, 今: 0, 昨天: 1, 昨日: 1, 昨: 1, 前天: 2, 大前天: 3 };
const WEEKDAYS = "一二三四五六日天";
const FIGURES = "零一二三四五六七八九";
// What somebody means who names a part of the day and no hour.
const HOUR_OF = {
    早上: 9,
    早晨: 9,
    早: 9,
    上午: 10,
    中午: 12,
    下午: 15,
    傍晚: 18,
    晚上: 19,
    晚: 19,
};
const HALF = `(${Object.keys(HOUR_OF).join("|")})`;
const DATE = "(?:(\\d{4})[-/.年])?(\\d{1,2})[-/.月](\\d{1,2})[日号]?";
const NAMED = "(大前天|今天|今日|昨天|昨日|前天|今(?=[早上下中晚])|昨(?=[早上下中晚]))";
const WEEKDAY = `(上?)(?:周|星期|礼拜)([${WEEKDAYS}])`;
const TIME = "(\\d{1,2})[:时点](?:(\\d{1,2})|(半)|([13])刻)?(?:[:分](\\d{1,2}))?[分秒钟整]*";
const WRITTEN = new RegExp(
    `^(?:${DATE}|${NAMED}|${WEEKDAY})?\\s*${HALF}?\\s*(?:${TIME}|(\\d{1,2})(\\d{2}))?$`,
);
const JUST_NOW = /^(刚才|刚刚|现在|刚)$/;
const ABOUT = /大概|大约|左右|前后|差不多|约|的?时候/g;
const NUMERAL =
    /[零〇一二两三四五六七八九十]+(?=[点时分:月日号])|(?<=[点时])[零〇一二两三四五六七八九十]+/g;
const NOON = 12;
const WEEK = 7;

/**
 * Return the moment that somebody wrote, or said, or null.
 *
 * A day without its year is the last one of that name: what is taken down at intake has been. A
 * part of the day without an hour counts as its middle.
 *
 * @param {string} text such as 11-27 10:30, 11月27日 10:30, 昨天 15:05, 10:30, 1030, 今天上午十点半,
 *     昨天下午, 周五下午3点, 刚才
 * @param {DateTime} now
 * @returns {DateTime|null}
 */
export function readMoment(text, now) {
    const plain = text.normalize("NFKC").trim().replace(ABOUT, "").replace(NUMERAL, inDigits);
    if (JUST_NOW.test(plain)) {
        return now.startOf("minute");
    }
    const match = plain && WRITTEN.exec(plain);
    if (!match) {
        return null;
    }
    const [, year, month, day, name, last, weekday, half, ...time] = match;
    const clock = clockOf(half, time);
    if (!clock) {
        return null;
    }
    if (month) {
        return dated({ year, month: Number(month), day: Number(day) }, clock, now);
    }
    const back = weekday ? daysBack(weekday, Boolean(last), now) : DAYS_AGO[name] || 0;
    const date = now.minus({ days: back });
    return at({ year: date.year, month: date.month, day: date.day, ...clock }, now);
}

function inDigits(numeral) {
    const [tens, ones] = numeral.replace(/〇/g, "零").replace(/两/g, "二").split("十");
    if (ones === undefined) {
        return [...tens].map((figure) => FIGURES.indexOf(figure)).join("");
    }
    return String((tens ? FIGURES.indexOf(tens) : 1) * 10 + Math.max(FIGURES.indexOf(ones), 0));
}

function clockOf(half, [hour, minute, thirty, quarters, second, hours, minutes]) {
    if (!hour && !hours) {
        return half ? { hour: HOUR_OF[half], minute: 0, second: 0 } : null;
    }
    const given = Number(hour || hours);
    const isLater = HOUR_OF[half] >= NOON && given < NOON && !(half === "中午" && given > 9);
    return {
        hour: given + (isLater ? NOON : 0),
        minute: thirty ? 30 : Number(quarters || 0) * 15 || Number(minute || minutes || 0),
        second: Number(second || 0),
    };
}

function daysBack(weekday, isLastWeek, now) {
    const wanted = Math.min(WEEKDAYS.indexOf(weekday) + 1, WEEK);
    if (isLastWeek) {
        return now.weekday + WEEK - wanted;
    }
    return (now.weekday - wanted + WEEK) % WEEK;
}

function dated({ year, month, day }, clock, now) {
    const moment = at({ year: Number(year || now.year), month, day, ...clock }, now);
    const isAhead = moment && !year && moment > now.endOf("day");
    return isAhead ? at({ year: now.year - 1, month, day, ...clock }, now) : moment;
}

function at(parts, now) {
    const moment = DateTime.fromObject(parts, { zone: now.zone });
    return moment.isValid ? moment : null;
}
