// Build the drawing's tree; texts go in as text nodes only.
const SVG = new Set(["svg", "path", "line", "rect", "circle"]);

function build(part) {
  if (typeof part === "string") return document.createTextNode(part);
  const [tag, attributes, ...inside] = part;
  const made = SVG.has(tag)
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside.map(build));
  return made;
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

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const root = parentElement.querySelector("#drawing");
  const wanted = JSON.stringify(data);
  if (root.shown !== wanted) {
    const focused = parentElement.activeElement?.dataset?.choice;
    const scrolled = root.querySelector(".scrolls")?.scrollTop ?? 0;
    root.replaceChildren(...data.map(build));
    root.shown = wanted;
    const list = root.querySelector(".scrolls");
    if (list) list.scrollTop = scrolled;
    if (focused) root.querySelector(`[data-choice="${CSS.escape(focused)}"]`)?.focus();
  }
  root.onkeydown = (event) => step(event, root);
  root.onclick = (event) => {
    const chosen = event.target.closest("[data-choice]");
    if (chosen) setTriggerValue("choice", chosen.dataset.choice);
  };
}
