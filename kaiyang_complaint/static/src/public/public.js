/* The public pages work without this. It saves typing, and proves that a browser is at work. */
(() => {
    const BITS = 14;

    /** Fill in number and code from a QR code: what stands behind “#” is sent to no server. */
    function fillFromLink() {
        const form = document.getElementById("track-form");
        const [number, code] = decodeURIComponent(location.hash.slice(1)).split("/");
        if (!form || !number || !code) {
            return;
        }
        history.replaceState(null, "", location.pathname);
        form.number.value = number;
        form.code.value = code;
        form.submit();
    }

    /** Say how many zero bits a hash begins with. */
    function zeroBits(bytes) {
        let bits = 0;
        for (const byte of bytes) {
            if (byte) {
                return bits + Math.clz32(byte) - 24;
            }
            bits += 8;
        }
        return bits;
    }

    /** Do a little work for the form that is about to be sent. */
    async function prove() {
        const input = document.querySelector("input[data-challenge]");
        if (!input || !window.crypto || !crypto.subtle) {
            return;
        }
        const encoder = new TextEncoder();
        for (let answer = 0; !input.value; answer++) {
            const text = encoder.encode(`${input.dataset.challenge}:${answer}`);
            const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
            if (zeroBits(hash) >= BITS) {
                input.value = String(answer);
            }
        }
    }

    /** Send a form once, however often its button is tapped. */
    function sendOnce(event) {
        if (event.target.dataset.sent) {
            event.preventDefault();
        }
        event.target.dataset.sent = "1";
    }

    document.addEventListener("submit", sendOnce);
    window.addEventListener("pageshow", () => {
        document.querySelectorAll("form").forEach((form) => delete form.dataset.sent);
    });
    const summary = document.querySelector(".errsum");
    if (summary) {
        summary.focus();
    }
    window.addEventListener("hashchange", fillFromLink);
    fillFromLink();
    prove();
})();
