import { inheritedProperty, type SvgNode } from "./svgNode";
import { LINE_HEIGHT, textWidth } from "./textMetrics";

/** A rectangle with its upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Matrix (a c e; b d f; 0 0 1), as SVG writes transforms. */
type Transform = readonly [number, number, number, number, number, number];

const IDENTITY: Transform = [1, 0, 0, 1, 0, 0];
const EMPTY: Box = { x: 0, y: 0, width: 0, height: 0 };
/** Part of a line of text that stands above its baseline. */
const ASCENT = 0.8;

/**
 * The box around an element in its own coordinates, as a browser's `getBBox` gives it; texts by a
 * table of widths, paths by the points that they name.
 */
export function boxOf(node: SvgNode): Box {
  const corners = cornersOf(node);
  return boxAround(corners);
}

/** The box around an element in the coordinates of the outermost `<svg>`. */
export function boxOnPage(node: SvgNode): Box {
  let corners = cornersOf(node);
  for (let at: SvgNode | null = node; at !== null; at = at.parentElement) {
    corners = transformAll(corners, parseTransform(at.getAttribute("transform")));
  }
  return boxAround(corners);
}

type Point = readonly [number, number];

function cornersOf(node: SvgNode): Point[] {
  switch (node.tagName.toLowerCase()) {
    case "text":
      return corners(textBox(node));
    case "rect":
    case "image": {
      const [x, y, width, height] = numbers(node, ["x", "y", "width", "height"]);
      return corners({ x, y, width, height });
    }
    case "circle": {
      const [x, y, r] = numbers(node, ["cx", "cy", "r"]);
      return corners({ x: x - r, y: y - r, width: 2 * r, height: 2 * r });
    }
    case "line": {
      const [x1, y1, x2, y2] = numbers(node, ["x1", "y1", "x2", "y2"]);
      return [
        [x1, y1],
        [x2, y2],
      ];
    }
    case "path":
      return pathPoints(node.getAttribute("d") ?? "");
    case "defs":
    case "clippath":
      return [];
    default:
      return Array.from(node.children).flatMap((child) =>
        transformAll(cornersOf(child), parseTransform(child.getAttribute("transform"))),
      );
  }
}

function corners({ x, y, width, height }: Box): Point[] {
  return [
    [x, y],
    [x + width, y],
    [x, y + height],
    [x + width, y + height],
  ];
}

function boxAround(points: readonly Point[]): Box {
  if (points.length === 0) return EMPTY;
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

function numbers<Names extends readonly string[]>(
  node: SvgNode,
  names: readonly [...Names],
): { [Position in keyof Names]: number } {
  const values = names.map((name) => Number.parseFloat(node.getAttribute(name) ?? "0") || 0);
  // One number for each name, in their order.
  return values as { [Position in keyof Names]: number };
}

/** Lines of a text: its `<tspan class="line">`s, or the whole of it. */
function textBox(text: SvgNode): Box {
  const size = Number.parseFloat(inheritedProperty(text, "font-size") ?? "12");
  const lines = Array.from(text.querySelectorAll("tspan.line"));
  const widths = (lines.length > 0 ? lines : [text]).map((line) => lineWidth(line, size));
  const width = Math.max(0, ...widths);
  const [x, y] = numbers(text, ["x", "y"]);
  const anchor = inheritedProperty(text, "text-anchor");
  const left = anchor === "middle" ? x - width / 2 : anchor === "end" ? x - width : x;
  const height = Math.max(1, widths.length) * size * LINE_HEIGHT;
  return width === 0 ? EMPTY : { x: left, y: y - ASCENT * size, width, height };
}

function lineWidth(line: SvgNode, size: number): number {
  const isBold = isBoldText(line) || Array.from(line.querySelectorAll("tspan")).some(isBoldText);
  return textWidth(line.textContent ?? "", size, isBold);
}

function isBoldText(node: SvgNode): boolean {
  const weight = inheritedProperty(node, "font-weight") ?? "";
  return weight === "bold" || Number(weight) >= 600;
}

/** Ends of the pieces of a path; relative ones are followed from piece to piece. */
function pathPoints(path: string): Point[] {
  const points: Point[] = [];
  let x = 0;
  let y = 0;
  for (const [, command = "", list = ""] of path.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const values = (list.match(/-?\d*\.?\d+(?:e[-+]?\d+)?/gi) ?? []).map(Number);
    const isRelative = command === command.toLowerCase();
    const kind = command.toLowerCase();
    if (kind === "z") continue;
    const step =
      kind === "h" || kind === "v" ? 1 : kind === "a" ? 7 : kind === "c" ? 6 : kind === "q" ? 4 : 2;
    for (let at = 0; at + step <= values.length; at += step) {
      const lastX = values[at + step - (kind === "h" ? 1 : 2)] ?? 0;
      const lastY = values[at + step - 1] ?? 0;
      if (kind !== "v") x = isRelative ? x + lastX : lastX;
      if (kind !== "h") y = isRelative ? y + lastY : lastY;
      points.push([x, y]);
    }
  }
  return points;
}

function parseTransform(text: string | null): Transform {
  let result = IDENTITY;
  for (const [, name = "", list = ""] of (text ?? "").matchAll(/(\w+)\(([^)]*)\)/g)) {
    const values = list
      .split(/[ ,]+/)
      .filter((part) => part !== "")
      .map(Number);
    result = multiply(result, transformOf(name, values));
  }
  return result;
}

function transformOf(
  name: string,
  [a = 0, b, c, d = 0, e = 0, f = 0]: readonly number[],
): Transform {
  if (name === "translate") return [1, 0, 0, 1, a, b ?? 0];
  if (name === "scale") return [a, 0, 0, b ?? a, 0, 0];
  if (name === "matrix") return [a, b ?? 0, c ?? 0, d, e, f];
  if (name !== "rotate") return IDENTITY;
  const angle = (a * Math.PI) / 180;
  const turn: Transform = [
    Math.cos(angle),
    Math.sin(angle),
    -Math.sin(angle),
    Math.cos(angle),
    0,
    0,
  ];
  const [x, y] = [b ?? 0, c ?? 0];
  return multiply(multiply([1, 0, 0, 1, x, y], turn), [1, 0, 0, 1, -x, -y]);
}

function multiply(left: Transform, right: Transform): Transform {
  const [a, b, c, d, e, f] = left;
  const [p, q, r, s, t, u] = right;
  return [
    a * p + c * q,
    b * p + d * q,
    a * r + c * s,
    b * r + d * s,
    a * t + c * u + e,
    b * t + d * u + f,
  ];
}

function transformAll(points: readonly Point[], [a, b, c, d, e, f]: Transform): Point[] {
  return points.map(([x, y]) => [a * x + c * y + e, b * x + d * y + f]);
}
