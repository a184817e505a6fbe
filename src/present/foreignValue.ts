import type { MimeBundle } from "./display";
import type { Dtype } from "./table/columnFormat";
import { formatCount } from "./numberFormat";
import { displayTable } from "./table/showTable";
import { inferDtype, type Table } from "./table/table";
import { membersOf } from "../unknownValue";

/**
 * How values of other libraries are shown, which are told by their shape: canvases, elements of a
 * DOM (such as plots), tables by columns (such as arquero's), values with `toHTML`, Vega's
 * specifications.
 *
 * @returns `undefined` for every other value, and for one that fails when it is asked
 */
export function displayForeign(value: object): MimeBundle | Promise<MimeBundle> | undefined {
  try {
    return displayByShape(value);
  } catch {
    // Such as the prototype of a DOM's elements, whose members can only be read of an element.
    return undefined;
  }
}

function displayByShape(value: object): MimeBundle | Promise<MimeBundle> | undefined {
  if (hasMethods(value, ["getContext"]) && hasSome(value, ["toBuffer", "toDataURL"])) {
    const bundle = showCanvas(value);
    if (bundle !== undefined) return bundle;
  }
  if (isElement(value)) return showElement(value);
  if (isColumnTable(value)) return displayTable(columnTableView(value));
  if (hasMethods(value, ["toHTML"])) return showHtml(value);
  return showVega(value);
}

type Method = (...given: unknown[]) => unknown;

function hasMethods<Name extends string>(
  value: object,
  names: readonly Name[],
): value is Record<Name, Method> {
  return names.every((name) => typeof Reflect.get(value, name) === "function");
}

function hasSome(value: object, names: readonly string[]): boolean {
  return names.some((name) => hasMethods(value, [name]));
}

/** The picture on a canvas of any library: as bytes, at once or later, or as an address. */
function showCanvas(canvas: object): MimeBundle | Promise<MimeBundle> | undefined {
  const { width, height } = membersOf<{ width: number; height: number }>(canvas);
  const text = `canvas of ${Number(width)} × ${Number(height)} pixels`;
  const bundle = (png: Uint8Array | string): MimeBundle => ({
    "image/png": typeof png === "string" ? png : Buffer.from(png).toString("base64"),
    "text/plain": text,
  });
  if (hasMethods(canvas, ["toBuffer"])) {
    const bytes = canvas.toBuffer("image/png");
    if (bytes instanceof Promise) return bytes.then((png: Uint8Array) => bundle(png));
    // The libraries that have such a method give a Buffer.
    if (ArrayBuffer.isView(bytes)) return bundle(bytes as Uint8Array);
  }
  if (!hasMethods(canvas, ["toDataURL"])) return undefined;
  // A window without a screen answers with null.
  const [, base64] = /^data:image\/png;base64,(.+)$/.exec(String(canvas.toDataURL())) ?? [];
  return base64 === undefined ? undefined : bundle(base64);
}

interface ElementLike {
  readonly nodeType: number;
  readonly outerHTML: string;
}

/** An element of any DOM, by what the standard gives it. */
function isElement(value: object): value is ElementLike {
  const { nodeType, outerHTML } = membersOf<ElementLike>(value);
  return nodeType === 1 && typeof outerHTML === "string";
}

function showElement({ outerHTML }: ElementLike): MimeBundle {
  const tag = /^<([\w:-]+)/.exec(outerHTML)?.[1] ?? "element";
  const text = `<${tag}> element of ${formatCount(outerHTML.length)} characters`;
  // Not as `image/svg+xml`: a converter to LaTeX fails on a picture of which it has no PDF.
  return { "text/html": outerHTML, "text/plain": text };
}

/** A table by columns, as arquero makes them. */
interface ColumnTable {
  columnNames(): readonly string[];
  numRows(): number;
  get(column: string, row: number): unknown;
}

function isColumnTable(value: object): value is ColumnTable {
  return hasMethods(value, ["columnNames", "numRows", "get"]);
}

/** Rows by which the kind of a column is judged: showing a long table must not cost its length. */
const JUDGED_ROWS = 1000;

function columnTableView(table: ColumnTable): Table {
  const names = table.columnNames();
  const rowCount = table.numRows();
  const dtypeOf = (name: string): Dtype =>
    inferDtype(
      Array.from({ length: Math.min(rowCount, JUDGED_ROWS) }, (_, row) => table.get(name, row)),
    );
  return {
    caption: "",
    indexName: "",
    index: Array.from({ length: rowCount }, (_, row) => row),
    columns: names.map((name) => ({ name, dtype: dtypeOf(name), note: {} })),
    valueAt: (row, column) => table.get(names[column] ?? "", row),
  };
}

function showHtml(value: Record<"toHTML", Method>): MimeBundle | Promise<MimeBundle> | undefined {
  const html = value.toHTML();
  const bundle = (text: unknown): MimeBundle => ({
    "text/html": String(text),
    "text/plain": `${nameOf(value)} shown as HTML`,
  });
  if (html instanceof Promise) return html.then(bundle);
  return typeof html === "string" ? bundle(html) : undefined;
}

function nameOf(value: object): string {
  const { name } = membersOf<{ name: string }>(value.constructor);
  return typeof name === "string" && name !== "" ? name : "value";
}

const VEGA_SCHEMA = /^https?:\/\/vega\.github\.io\/schema\/(vega|vega-lite)\/v(\d+)/;

/** A specification of Vega or Vega-Lite, or what makes one, under the type of its version. */
function showVega(value: object): MimeBundle | undefined {
  const maker = ["toSpec", "toObject", "toJSON"].find((name) => hasMethods(value, [name]));
  const own = Reflect.get(value, "$schema") as unknown;
  const spec = own === undefined && maker !== undefined ? callMaker(value, maker) : value;
  if (typeof spec !== "object" || spec === null) return undefined;
  const match = VEGA_SCHEMA.exec(String(Reflect.get(spec, "$schema")));
  if (match === null) return undefined;
  const [, language, version] = match;
  const name = language === "vega" ? "vega" : "vegalite";
  const title = language === "vega" ? "Vega" : "Vega-Lite";
  return {
    [`application/vnd.${name}.v${version}+json`]: spec,
    "text/plain": `a ${title} ${version} specification, drawn by JupyterLab and VS Code`,
  };
}

/** What a value makes of itself; a value that fails at it makes nothing. */
function callMaker(value: object, maker: string): unknown {
  try {
    return hasMethods(value, [maker]) ? value[maker]() : undefined;
  } catch {
    return undefined;
  }
}
