import { FormatError, messageOf } from "../../src/errors";
import type { JsonObject } from "../protocol/message";
import { isObject } from "../../src/unknownValue";

/** A cell of a notebook (nbformat 4.5), its text joined to one string. */
export interface NotebookCell {
  readonly id: string;
  readonly kind: "code" | "markdown" | "raw";
  readonly source: string;
  readonly metadata: JsonObject;
  /** Files that a markdown cell carries with it, kept as they are. */
  readonly attachments: JsonObject | undefined;
  /** Code cells only. */
  readonly executionCount: number | null;
  readonly outputs: readonly JsonObject[];
}

/** A notebook as a value. */
export interface Notebook {
  readonly metadata: JsonObject;
  readonly cells: readonly NotebookCell[];
}

/** nbformat lets a text stand as one string or as a list of its lines. */
export function joinLines(value: unknown): string {
  if (Array.isArray(value)) return value.join("");
  return typeof value === "string" ? value : "";
}

/** The list of lines, each with its newline, as nbformat writes texts. */
export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** A cell's id: 1 to 64 letters, digits, hyphens or underscores. */
const ID_PATTERN = /^[a-zA-Z0-9_-]{1,64}$/;

function parseCell(value: unknown, index: number, source: string, ids: Set<string>): NotebookCell {
  const where = `notebook ${source}, cell ${index + 1}`;
  if (!isObject(value)) throw new FormatError(`${where}: expected an object`);
  const kind = value.cell_type;
  if (kind !== "code" && kind !== "markdown" && kind !== "raw")
    throw new FormatError(
      `${where}: cell_type should be code, markdown or raw, found ${JSON.stringify(kind)}`,
    );
  const given = value.id ?? `cell-${index + 1}`;
  if (typeof given !== "string" || !ID_PATTERN.test(given))
    throw new FormatError(
      `${where}: id should be 1 to 64 letters, digits, hyphens or underscores, found ${JSON.stringify(given)}`,
    );
  let id = given;
  while (ids.has(id)) id = `${id}-${index + 1}`;
  ids.add(id);
  return {
    id,
    kind,
    source: joinLines(value.source),
    metadata: isObject(value.metadata) ? value.metadata : {},
    attachments: isObject(value.attachments) ? value.attachments : undefined,
    executionCount: typeof value.execution_count === "number" ? value.execution_count : null,
    outputs: Array.isArray(value.outputs) ? value.outputs.filter(isObject) : [],
  };
}

/** Refuses formats before and after 4, and says how to come from there. */
function refuseOtherFormats(nbformat: unknown, source: string): void {
  if (nbformat === 4) return;
  const found = `notebook ${source} has nbformat ${JSON.stringify(nbformat)}, expected 4`;
  const isOld = typeof nbformat === "number" && nbformat < 4;
  throw new FormatError(
    isOld
      ? `${found}; convert it with: jupyter nbconvert --to notebook --nbformat 4 --inplace ${source} ` +
          "(or open and save it in Jupyter)"
      : `${found}; this version of RoundLab knows no other`,
  );
}

/**
 * Reads a notebook of nbformat 4; cells of formats before 4.5 get ids from their place.
 *
 * @param source  names the notebook in errors
 * @throws FormatError if the text is no such notebook
 */
export function parseNotebook(text: string, source: string): Notebook {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new FormatError(
      `notebook ${source} is not JSON (${messageOf(error)}); was it written whole?`,
      { cause: error },
    );
  }
  if (!isObject(value))
    throw new FormatError(`notebook ${source} is no JSON object; is it a notebook?`);
  if (value.nbformat !== undefined) refuseOtherFormats(value.nbformat, source);
  if (!Array.isArray(value.cells))
    throw new FormatError(`notebook ${source} has no list of cells; is it a notebook?`);
  if (value.nbformat === undefined)
    throw new FormatError(
      `notebook ${source} has no field nbformat, expected 4; is it a notebook?`,
    );
  const ids = new Set<string>();
  return {
    metadata: isObject(value.metadata) ? value.metadata : {},
    cells: value.cells.map((cell, index) => parseCell(cell, index, source, ids)),
  };
}

/** A bundle as nbformat writes it: texts as lines, JSON as it is. */
function formatBundle(data: JsonObject): JsonObject {
  const formatted: JsonObject = {};
  for (const [type, value] of Object.entries(data)) {
    const isText = typeof value === "string" && !/^image\/(?!svg)/.test(type);
    formatted[type] = isText ? splitLines(value) : value;
  }
  return formatted;
}

function formatOutput(output: JsonObject): JsonObject {
  if (output.output_type === "stream")
    return { ...output, text: splitLines(joinLines(output.text)) };
  if (isObject(output.data)) return { ...output, data: formatBundle(output.data) };
  return output;
}

function formatCell(cell: NotebookCell): JsonObject {
  const { id, kind, metadata, attachments } = cell;
  const common = { cell_type: kind, id, metadata, source: splitLines(cell.source) };
  if (kind === "code")
    return {
      ...common,
      execution_count: cell.executionCount,
      outputs: cell.outputs.map(formatOutput),
    };
  return attachments === undefined ? common : { ...common, attachments };
}

/** Objects with their keys in order, as Jupyter writes notebooks, so that versions compare well. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isObject(value)) return value;
  const sorted: JsonObject = {};
  for (const key of Object.keys(value).sort()) sorted[key] = sortKeys(value[key]);
  return sorted;
}

/** The text of an `.ipynb` file, nbformat 4.5, laid out as Jupyter does. */
export function formatNotebook(notebook: Notebook): string {
  const value = {
    cells: notebook.cells.map(formatCell),
    metadata: notebook.metadata,
    nbformat: 4,
    nbformat_minor: 5,
  };
  return JSON.stringify(sortKeys(value), null, 1) + "\n";
}
