// Draw a tree of plain values; texts go in as text nodes only. One copy serves every drawing
// of the page: a drawing that brought its own would send it again with each moved lever.
(() => {
  if (window.jinshanDraw) return;
  const SHEET = new CSSStyleSheet();
  SHEET.replaceSync(window.jinshanDrawingStyle);

  function make(tag, attributes) {
    const made = tag === "svg" || tag === "line" || tag === "rect"
      ? document.createElementNS("http://www.w3.org/2000/svg", tag)
      : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  // A bullet: its marks in percent of the width, as bullet.py names them.
  function bullet(at) {
    const svg = make("svg", { class: "bullet", viewBox: "0 0 100 12", preserveAspectRatio: "none", "aria-hidden": "true" });
    const line = (kind, x1, x2, y1, y2) => svg.append(make("line", { class: kind, x1, x2, y1, y2 }));
    const bar = (kind, from, to, y, height) =>
      svg.append(make("rect", { class: kind, x: from, y, height, width: Math.max(to - from, 0) }));
    line("base", 0, 100, 6, 6);
    if ("low" in at) bar("band", at.low, at.high, 1, 10);
    if ("now" in at) bar("now", 0, at.now, 4, 4);
    for (const [kind, top, bottom] of [["due", 2, 10], ["median", 1, 11], ["goal", 0, 12]])
      if (kind in at) line(kind, at[kind], at[kind], top, bottom);
    return svg;
  }

  // What is told of charts, by the names they have themselves; browser.js asks for it again
  // where a chart has been built anew.
  const told = new Map();
  window.jinshanName = (chart) => {
    const name = chart.getAttribute("aria-label");
    if (told.has(name)) chart.dataset.named = name;
    else if (name !== told.get(chart.dataset.named)) delete chart.dataset.named;
    const text = told.get(chart.dataset.named);
    if (text && text !== name) chart.setAttribute("aria-label", text);
  };
  function tell({ chart, text }) {
    told.set(chart, text);
    for (const one of document.querySelectorAll("[data-testid=stVegaLiteChart]"))
      if (one.dataset.named === chart) one.setAttribute("aria-label", text);
      else window.jinshanName(one);
    return document.createTextNode("");
  }

  function build(part) {
    if (typeof part === "string") return document.createTextNode(part);
    const [tag, attributes, ...inside] = part;
    if (tag === "bullet") return bullet(attributes);
    if (tag === "told") return tell(attributes);
    const made = make(tag, attributes);
    made.append(...inside.map(build));
    return made;
  }

  // Change only what differs: a moved lever leaves most of a list as it is.
  function renew(parent, before, after) {
    if (before.length !== after.length) {
      parent.replaceChildren(...after.map(build));
      return;
    }
    after.forEach((part, at) => {
      const [old, node] = [before[at], parent.childNodes[at]];
      if (JSON.stringify(old) === JSON.stringify(part)) return;
      const isAlike = Array.isArray(part) && Array.isArray(old) && part[0] === old[0];
      if (!isAlike || part[0] === "bullet" || part[0] === "told") {
        node.replaceWith(build(part));
        return;
      }
      for (const name of Object.keys(old[1])) if (!(name in part[1])) node.removeAttribute(name);
      for (const [name, value] of Object.entries(part[1]))
        if (old[1][name] !== value) node.setAttribute(name, value);
      renew(node, old.slice(2), part.slice(2));
    });
  }

  // Arrow keys step through a list of choices.
  function step(event, root) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const here = event.target.closest("[data-choice]");
    if (!by || !here) return;
    const all = [...root.querySelectorAll("[data-choice]")];
    const next = all[all.indexOf(here) + by];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }

  window.jinshanDraw = ({ parentElement, data, setTriggerValue }) => {
    if (!parentElement.adoptedStyleSheets.includes(SHEET)) parentElement.adoptedStyleSheets.push(SHEET);
    const root = parentElement.querySelector("#drawing");
    const wanted = new TextDecoder().decode(data);
    if (root.shown !== wanted) {
      const focused = parentElement.activeElement?.dataset?.choice;
      const scrolled = root.querySelector(".scrolls")?.scrollTop ?? 0;
      const parts = JSON.parse(wanted);
      renew(root, root.parts ?? [], parts);
      root.shown = wanted;
      root.parts = parts;
      const list = root.querySelector(".scrolls");
      if (list) list.scrollTop = scrolled;
      if (focused && parentElement.activeElement?.dataset?.choice !== focused)
        root.querySelector(`[data-choice="${CSS.escape(focused)}"]`)?.focus();
    }
    root.onkeydown = (event) => step(event, root);
    root.onclick = (event) => {
      const chosen = event.target.closest("[data-choice]");
      if (chosen) setTriggerValue("choice", chosen.dataset.choice);
    };
  };
  window.dispatchEvent(new Event("jinshan-draw"));
})();
