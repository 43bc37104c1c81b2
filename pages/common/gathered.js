// Streamlit draws its whole tree of elements anew for every message that comes apart from the
// others, five times for one moved lever. What arrives of one run is handed over together, but
// for the first: the code of its widgets is loaded as they come, and a widget that is asked for
// its value before it is there answers with its first choice, whatever the link said.
(() => {
  const LONGEST = 400; // milliseconds that a message waits for those after it
  const END = 2; // bytes of the message that a run has ended
  const RUN = 90; // first byte of a message that asks for a run

  // Between the question and the drawn answer the page says so: Streamlit's own mark comes late.
  const root = document.documentElement;
  let asked = 0;
  const ask = () => {
    asked += 1;
    root.toggleAttribute("data-asked", true);
  };
  const answer = () => {
    const before = asked;
    const clear = () => asked === before && root.toggleAttribute("data-asked", false);
    setTimeout(() => requestAnimationFrame(() => setTimeout(clear))); // when it has been drawn
  };

  window.WebSocket = class extends WebSocket {
    send(message) {
      if (message[0] === RUN) ask();
      super.send(message);
    }

    addEventListener(kind, listener, ...rest) {
      if (kind !== "message") {
        super.addEventListener(kind, listener, ...rest);
        return;
      }
      let waiting = [];
      let timer = 0;
      let isFirst = true;
      const release = () => {
        clearTimeout(timer);
        timer = 0;
        const all = waiting;
        waiting = [];
        all.forEach((event) => listener.call(this, event));
      };
      super.addEventListener(kind, (event) => {
        waiting.push(event);
        const isEnd = event.data.byteLength === END;
        if (isFirst || isEnd) release();
        else timer ||= setTimeout(release, LONGEST);
        if (!isEnd) return;
        isFirst = false;
        answer();
      }, ...rest);
    }
  };
})();
