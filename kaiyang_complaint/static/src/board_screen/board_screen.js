// The hall's display: tells the time, turns over what doesn't fit, and fetches the board anew.
// Where the server is away the last picture stays.
(function () {
    "use strict";

    const REFRESH = 20000;
    const TURN = 10000;
    // A link that leads nowhere so often running was renewed: the board goes.
    const LOST = 3;
    const SMALLEST = 0.3;
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

    // A card that alone is too high for its side is written smaller, until all of it is seen.
    function heightOf(card, room) {
        card.style.fontSize = "";
        let height = card.getBoundingClientRect().height;
        for (let size = 0.9; height > room && size > SMALLEST; size -= 0.1) {
            card.style.fontSize = `${size}em`;
            height = card.getBoundingClientRect().height;
        }
        return height;
    }

    // Cards are as high as what they say: a page takes as many as are seen in full.
    function pagesOf(list) {
        const style = getComputedStyle(list);
        const gap = parseFloat(style.rowGap) || 0;
        const padding = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
        const room = list.clientHeight - padding;
        const pages = [];
        let left = -1;
        for (const card of list.children) {
            card.hidden = false;
            const height = heightOf(card, room);
            if (height > left) {
                pages.push([]);
                left = room;
            }
            pages[pages.length - 1].push(card);
            left -= height + gap;
        }
        return pages;
    }

    function turn(side) {
        const list = side.querySelector(".cards");
        if (!list) {
            return;
        }
        const pages = pagesOf(list);
        const shown = turned % pages.length;
        pages.forEach((cards, number) => {
            for (const card of cards) {
                card.hidden = number !== shown;
            }
        });
        const pager = side.querySelector(".pager");
        pager.textContent = pages.length > 1 ? `${shown + 1}/${pages.length}` : "";
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
