// Streamlit draws its whole tree of elements anew for every message that comes apart from the
// others, five times for one moved lever. What arrives of one run is handed over together.
(() => {
  // Milliseconds that a message waits for those after it: longer where a page is there to look at.
  const AT_FIRST = 150;
  const LATER = 400;
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
      let longest = AT_FIRST;
      const release = () => {
        clearTimeout(timer);
        timer = 0;
        const all = waiting;
        waiting = [];
        all.forEach((event) => listener.call(this, event));
      };
      super.addEventListener(kind, (event) => {
        waiting.push(event);
        if (event.data.byteLength !== END) {
          timer ||= setTimeout(release, longest);
          return;
        }
        release();
        longest = LATER;
        answer();
      }, ...rest);
    }
  };
})();
