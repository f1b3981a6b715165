/** The hexagons as an SVG: drawn once, and from then on only what each says is changed. */
import { points, shade, toward } from "./around-cells.js";

/** How much of its place a hexagon fills. */
const FILLED = 0.94;
/** How high its figure is, against its width. */
const FIGURE = 0.36;

function drawn(name, attributes, ...children) {
  const node = /** @type {SVGElement} */ (
    document.createElementNS("http://www.w3.org/2000/svg", name)
  );
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

const BUTTON = ["role", "aria-label", "aria-pressed"];

/** Give an element these attributes, or take them away. */
function dress(element, names, values = []) {
  for (const [at, name] of names.entries()) {
    if (values[at] === undefined) element.removeAttribute(name);
    else element.setAttribute(name, values[at]);
  }
}

/** Where the picture begins and how large it is, for all of its hexagons. */
function frame(corners, centres) {
  const span = (axis, sign) => {
    const reach = Math.max(...corners.map((each) => Math.abs(each[axis]))) + 8;
    const at = centres.map((each) => sign * each[axis]);
    return [Math.min(...at) - reach, Math.max(...at) - Math.min(...at) + 2 * reach];
  };
  const [[left, wide], [top, high]] = [span(0, 1), span(1, -1)];
  return [left, top, wide, high].join(" ");
}

/**
 * @param {{cells: number[], shape: number[]}} around of her row
 * @param {(at: number) => unknown} choose which of them
 * @returns {{svg: SVGElement, show: (hexagons: import("./around-cells.js").Hexagon[],
 *   name: (hexagon: any) => string, chosen: number) => void}}
 */
export function picture({ cells, shape }, choose) {
  const [corners, centres] = [points(shape), points(cells)];
  const inner = corners.map(([x, y]) => `${Math.round(x * FILLED)} ${-Math.round(y * FILLED)}`);
  const wide = 2 * Math.min(...corners.map(([x, y]) => Math.hypot(x, y)));
  const all = centres.map(([x, y]) => {
    const text = drawn("text", {});
    const one = drawn("g", { transform: `translate(${x} ${-y})` });
    one.append(drawn("path", { d: `M${inner.join("L")}Z` }), text);
    return { one, text };
  });
  const svg = drawn(
    "svg",
    { class: "around", role: "group", viewBox: frame(corners, centres) },
    ...all.map(({ one }) => one),
  );
  svg.setAttribute("font-size", String(Math.round(wide * FIGURE)));
  // Her own is drawn last, so that its edge lies over its neighbours'.
  svg.append(all[0].one);
  let now = [];

  const enter = (at) => {
    for (const [number, { one }] of all.entries()) {
      if (now[number].cards[0]) one.setAttribute("tabindex", number === at ? "0" : "-1");
    }
  };
  const found = (event) => all.findIndex(({ one }) => one.contains(event.target));
  svg.onclick = (event) => now[found(event)]?.cards[0] && choose(found(event));
  svg.onkeydown = (event) => {
    const here = now[found(event)];
    if (/^( |Enter)$/.test(event.key)) {
      event.preventDefault();
      choose(now.indexOf(here));
      return;
    }
    const full = now.filter(({ cards }) => cards[0]);
    const next = here && toward(full, here, event.key);
    if (!next) return;
    event.preventDefault();
    enter(now.indexOf(next));
    all[now.indexOf(next)].one.focus();
  };

  function show(hexagons, name, chosen) {
    now = hexagons;
    const most = Math.max(...hexagons.map(({ cards }) => cards.length));
    for (const [number, { one, text }] of all.entries()) {
      const { cards } = hexagons[number];
      text.textContent = cards.length;
      one.setAttribute("class", `s${shade(cards.length, most)}${number ? "" : " home"}`);
      if (cards[0]) dress(one, BUTTON, ["button", name(hexagons[number]), number === chosen]);
      else dress(one, [...BUTTON, "tabindex"]);
      dress(one, ["aria-hidden"], [!cards[0] || undefined]);
    }
    const focused = all.findIndex(({ one }) => one === document.activeElement);
    const first = hexagons.findIndex(({ cards }) => cards[0]);
    enter(hexagons[focused]?.cards[0] ? focused : chosen >= 0 ? chosen : first);
  }

  return { svg, show };
}
