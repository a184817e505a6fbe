import type { SvgNode } from "./svgNode";

/** Declarations that say what holds anyway, by property. */
const DEFAULTS: Readonly<Record<string, readonly string[]>> = {
  opacity: ["1"],
  "fill-opacity": ["1"],
  "stroke-opacity": ["1"],
  "stroke-miterlimit": ["2"],
  "vector-effect": ["none", "non-scaling-stroke"],
  "white-space": ["pre"],
  "text-align": ["start"],
  "pointer-events": ["all", "none"],
  cursor: ["default", "pointer", "move", "crosshair", "ew-resize", "ns-resize"],
  "font-style": ["normal"],
  "font-weight": ["normal"],
  "font-variant": ["normal"],
  "text-decoration-line": ["none"],
  "text-shadow": ["none"],
  "text-transform": ["none"],
  "stroke-dasharray": ["none"],
};

/** Elements that show nothing once they have no child. */
const CONTAINERS = new Set(["g", "defs", "clippath", "tspan"]);

/**
 * Makes Plotly's picture small and equal for equal figures: random names become numbers, what shows
 * nothing goes, coordinates keep two decimals, the font is named once.
 *
 * @param svg   the outermost element, changed in place
 * @param name  begins every id, so that two pictures on one page do not meet
 */
export function cleanSvg(svg: SvgNode, name: string): void {
  const all = (): SvgNode[] => Array.from(svg.querySelectorAll("*"));
  for (const node of [svg, ...all()]) shortenAttributes(node);
  // Pictures of few pixels are to show them, not a blur.
  for (const image of Array.from(svg.querySelectorAll("image"))) {
    image.setAttribute("image-rendering", "pixelated");
  }
  renameIds(svg, all(), name);
  removeEmpty(svg);
}

function shortenAttributes(node: SvgNode): void {
  for (const { name, value } of Array.from(node.attributes)) {
    if (/^(class|data-.*|xml:space|pointer-events|shape-rendering)$/.test(name)) {
      node.removeAttribute(name);
    } else if (name === "style") {
      moveStyle(node, value);
    } else if (
      /^(d|transform|x|y|x1|x2|y1|y2|cx|cy|r|width|height|points|stroke-width)$/.test(name)
    ) {
      node.setAttribute(name, shortNumbers(value));
    } else if (name === "fill" || name === "stroke") {
      node.setAttribute(name, shortColour(value));
    }
  }
  if (node.getAttribute("transform") === "translate(0,0)") node.removeAttribute("transform");
  if (node.getAttribute("transform") === "") node.removeAttribute("transform");
}

/** Turns declarations of a style into the attributes of the same names, which take less room. */
function moveStyle(node: SvgNode, style: string): void {
  node.removeAttribute("style");
  for (const declaration of style.split(/;\s*/)) {
    const colon = declaration.indexOf(":");
    if (colon < 0) continue;
    const name = declaration.slice(0, colon).trim();
    const value = declaration.slice(colon + 1).trim();
    // Fonts are named on the outermost element.
    if (value === "" || name === "font-family" || DEFAULTS[name]?.includes(value) === true)
      continue;
    // A transform has its lengths in pixels as a style, and without a unit as an attribute.
    const plain = name === "transform" ? value.replace(/(\d)px/g, "$1") : value;
    node.setAttribute(name, shortColour(plain.replace(/^([\d.]+)px$/, "$1")));
  }
}

function shortColour(value: string): string {
  return value.replace(/rgb\((\d+), ?(\d+), ?(\d+)\)/g, (_, r: string, g: string, b: string) => {
    const hex = [r, g, b].map((part) => Number(part).toString(16).padStart(2, "0"));
    const isShort = hex.every(([first, second]) => first === second);
    return `#${(isShort ? hex.map((part) => part[0]) : hex).join("")}`;
  });
}

function shortNumbers(text: string): string {
  return text.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, (number) =>
    String(Math.round(100 * Number(number)) / 100 + 0),
  );
}

/** Numbers ids in the order in which they stand, and drops those that nothing refers to. */
function renameIds(svg: SvgNode, nodes: readonly SvgNode[], name: string): void {
  const used = new Set<string>();
  for (const node of [svg, ...nodes]) {
    for (const { value } of Array.from(node.attributes)) {
      for (const [, id] of value.matchAll(/url\(["']?#([^"')]+)["']?\)/g)) used.add(id ?? "");
      if (value.startsWith("#")) used.add(value.slice(1));
    }
  }
  const names = new Map<string, string>();
  for (const node of nodes) {
    const id = node.getAttribute("id");
    if (id === null) continue;
    if (!used.has(id)) {
      node.removeAttribute("id");
      if (/^(clippath|pattern|lineargradient)$/.test(node.tagName.toLowerCase())) node.remove();
    } else if (!names.has(id)) {
      names.set(id, `${name}-${names.size + 1}`);
    }
  }
  for (const node of nodes) {
    for (const { name: attribute, value } of Array.from(node.attributes)) {
      if (attribute === "id") node.setAttribute("id", names.get(value) ?? value);
      else if (value.includes("url(")) {
        const renamed = value.replace(
          /url\(["']?#([^"')]+)["']?\)/g,
          (_, id: string) => `url(#${names.get(id) ?? id})`,
        );
        node.setAttribute(attribute, renamed);
      }
    }
  }
}

function removeEmpty(node: SvgNode): void {
  for (const child of Array.from(node.children)) {
    removeEmpty(child);
    if (showsNothing(child)) child.remove();
    // A group that says nothing about its members gives way to them.
    else if (child.tagName === "g" && child.attributes.length === 0) {
      child.replaceWith(...Array.from(child.children));
    }
  }
}

function showsNothing(node: SvgNode): boolean {
  const tag = node.tagName.toLowerCase();
  if (node.getAttribute("display") === "none") return true;
  if (CONTAINERS.has(tag)) return node.children.length === 0 && (node.textContent ?? "") === "";
  if (tag === "path") return /^(M0,0)?$/.test(node.getAttribute("d") ?? "");
  if (tag === "rect") {
    const isClear =
      node.getAttribute("fill-opacity") === "0" || node.getAttribute("fill") === "none";
    const { parentElement } = node;
    return isClear && !hasStroke(node) && parentElement?.tagName.toLowerCase() !== "clippath";
  }
  return tag === "text" && (node.textContent ?? "") === "";
}

function hasStroke(node: SvgNode): boolean {
  const stroke = node.getAttribute("stroke");
  const isSeen =
    node.getAttribute("stroke-opacity") !== "0" && node.getAttribute("stroke-width") !== "0";
  return stroke !== null && stroke !== "none" && isSeen;
}
