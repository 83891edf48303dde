// The hall's display: tells the time, turns over what doesn't fit, and fetches the board anew.
// Where the server is away the last picture stays.
(function () {
    "use strict";

    const REFRESH = 20000;
    const TURN = 10000;
    // A link that leads nowhere so often running was renewed: the board goes.
    const LOST = 3;
    const HALF_A_MINUTE = 30000;
    const board = document.getElementById("board");
    const tz = document.body.dataset.tz;
    let skew = 0;
    let turned = 0;
    let lost = 0;

    function tell(id, options) {
        const now = new Date(Date.now() + skew);
        const text = now.toLocaleString("zh-CN", { timeZone: tz, hour12: false, ...options });
        document.getElementById(id).textContent = text;
    }

    function tick() {
        tell("time", { hour: "2-digit", minute: "2-digit" });
        tell("date", { year: "numeric", month: "long", day: "numeric", weekday: "long" });
    }

    function fitting(list) {
        const style = getComputedStyle(list);
        const gap = parseFloat(style.rowGap) || 0;
        const padding = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
        const row = list.firstElementChild.getBoundingClientRect().height;
        return Math.max(1, Math.floor((list.clientHeight - padding + gap) / (row + gap)));
    }

    function turn(side) {
        const list = side.querySelector(".cards");
        if (!list) {
            return;
        }
        const cards = [...list.children];
        cards[0].hidden = false;
        const size = fitting(list);
        const pages = Math.ceil(cards.length / size);
        const page = turned % pages;
        cards.forEach((card, index) => {
            card.hidden = Math.floor(index / size) !== page;
        });
        side.querySelector(".pager").textContent = pages > 1 ? `${page + 1}/${pages}` : "";
    }

    function show() {
        board.querySelectorAll(".side").forEach(turn);
    }

    function take(html) {
        const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("board");
        // A page of somebody else, such as a proxy's, is no board.
        if (!fresh) {
            throw new Error("no board");
        }
        if (board.dataset.taken !== fresh.innerHTML) {
            board.dataset.taken = fresh.innerHTML;
            board.replaceChildren(...fresh.childNodes);
            turned = 0;
            show();
        }
    }

    async function refresh() {
        try {
            const answer = await fetch(location.href, {
                cache: "no-cache",
                signal: AbortSignal.timeout ? AbortSignal.timeout(REFRESH / 2) : undefined,
            });
            if (answer.status === 404) {
                lost += 1;
            } else if (!answer.ok) {
                throw new Error(answer.status);
            } else {
                lost = 0;
                const away = Date.parse(answer.headers.get("Date")) - Date.now();
                skew = Math.abs(away) > HALF_A_MINUTE ? away : 0;
                take(await answer.text());
            }
            document.getElementById("offline").hidden = true;
        } catch {
            document.getElementById("offline").hidden = false;
        }
        if (lost >= LOST) {
            board.replaceChildren();
            delete board.dataset.taken;
        }
    }

    board.dataset.taken = board.innerHTML;
    tick();
    show();
    setInterval(tick, 1000);
    setInterval(() => {
        turned += 1;
        show();
    }, TURN);
    setInterval(refresh, REFRESH);
    addEventListener("resize", show);
})();
