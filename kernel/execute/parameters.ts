import type * as TypeScript from "@tslab/typescript-for-tslab";
import { ArgumentError } from "../../src/errors";
import { quoteName } from "../../src/quoteName";
import type { Notebook, NotebookCell } from "./notebook";

/** What kind of value a parameter's default is, which decides how a given text is read. */
type ParameterKind = "number" | "string" | "boolean" | "other";

/** A variable that the cell tagged `parameters` declares. */
export interface Parameter {
  readonly name: string;
  readonly keyword: "const" | "let" | "var";
  /** The type as the cell writes it, if it does. */
  readonly type: string | undefined;
  readonly kind: ParameterKind;
}

/** Given values as texts, by name. */
export type GivenParameters = ReadonlyMap<string, string>;

/** The tags of papermill, which other tools know too. */
const PARAMETERS_TAG = "parameters";
const INJECTED_TAG = "injected-parameters";

/**
 * Reads `name=value` words.
 *
 * @throws ArgumentError if one is none, or names a parameter twice
 */
export function parseGiven(words: readonly string[]): GivenParameters {
  const given = new Map<string, string>();
  for (const word of words) {
    const found = /^\s*([\p{L}_$][\p{L}\p{N}_$]*)\s*=([^]*)$/u.exec(word);
    if (found === null)
      throw new ArgumentError(`--param takes name=value, found ${quoteName(word)}`);
    const [, name, value] = found;
    if (given.has(name)) throw new ArgumentError(`--param gives ${name} twice`);
    given.set(name, value);
  }
  return given;
}

/** The compiler of the cells, which knows their language. */
function loadTypeScript(): typeof TypeScript {
  const name = "@tslab/typescript-for-tslab";
  const path = require.resolve(name, { paths: [require.resolve("tslab/package.json")] });
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- takes half a second
  return require(path) as typeof TypeScript;
}

function kindOf(
  ts: typeof TypeScript,
  { initializer, type }: TypeScript.VariableDeclaration,
): ParameterKind {
  const value =
    initializer !== undefined && ts.isPrefixUnaryExpression(initializer)
      ? initializer.operand
      : initializer;
  if (value !== undefined && ts.isNumericLiteral(value)) return "number";
  if (value !== undefined && ts.isStringLiteralLike(value)) return "string";
  const { SyntaxKind } = ts;
  const kinds: readonly (readonly [TypeScript.SyntaxKind, ParameterKind])[] = [
    [SyntaxKind.TrueKeyword, "boolean"],
    [SyntaxKind.FalseKeyword, "boolean"],
    [SyntaxKind.NumberKeyword, "number"],
    [SyntaxKind.StringKeyword, "string"],
    [SyntaxKind.BooleanKeyword, "boolean"],
  ];
  const found = kinds.find(([kind]) => kind === value?.kind || kind === type?.kind);
  return found?.[1] ?? "other";
}

/** The variables that a cell declares at its top level, by simple names. */
export function declaredParameters(source: string, ts = loadTypeScript()): Parameter[] {
  const file = ts.createSourceFile("parameters.ts", source, ts.ScriptTarget.Latest);
  return file.statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) => {
    const { flags, declarations } = declarationList;
    const isLet = (flags & ts.NodeFlags.Let) !== 0;
    const keyword = (flags & ts.NodeFlags.Const) !== 0 ? "const" : isLet ? "let" : "var";
    return declarations.flatMap((declaration): Parameter[] => {
      if (!ts.isIdentifier(declaration.name)) return [];
      const type = declaration.type?.getText(file);
      return [{ name: declaration.name.text, keyword, type, kind: kindOf(ts, declaration) }];
    });
  });
}

/** JSON if the text is JSON, else the text itself, as papermill takes what it cannot tell. */
function parseFreely(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The text of a value in a cell. */
function formatValue({ name, kind }: Parameter, text: string, source: string): string {
  const refuse = (expected: string): never => {
    throw new ArgumentError(
      `--param ${name} should be ${expected}, as in notebook ${source}, found ${quoteName(text)}`,
    );
  };
  switch (kind) {
    case "number": {
      const value = text.trim() === "" ? NaN : Number(text);
      return Number.isFinite(value) ? String(value) : refuse("a number");
    }
    case "boolean":
      return /^(true|false)$/.test(text) ? text : refuse("true or false");
    case "string":
      return JSON.stringify(text);
    case "other":
      return JSON.stringify(parseFreely(text));
  }
}

const hasTag = ({ metadata }: NotebookCell, tag: string): boolean =>
  Array.isArray(metadata.tags) && metadata.tags.includes(tag);

function createCell(source: string, ids: ReadonlySet<string>): NotebookCell {
  let id = INJECTED_TAG;
  while (ids.has(id)) id += "-1";
  const metadata = { tags: [INJECTED_TAG] };
  return {
    ...{ id, kind: "code", source, metadata },
    ...{ attachments: undefined, executionCount: null, outputs: [] },
  };
}

/**
 * The notebook with the given values, as papermill fills it: in a cell tagged `injected-parameters`
 * behind the one tagged `parameters`, in the place of the one that an earlier run has left there.
 *
 * Each value is read as what the parameter's default is, and declared with the type that it has
 * there.
 *
 * @throws ArgumentError if there is no such cell, it does not declare a name, or a value is of
 *   another kind
 */
export function withParameters(
  notebook: Notebook,
  given: GivenParameters,
  source: string,
): Notebook {
  if (given.size === 0) return notebook;
  const home = notebook.cells.find((cell) => cell.kind === "code" && hasTag(cell, PARAMETERS_TAG));
  if (home === undefined)
    throw new ArgumentError(
      `notebook ${source} has no code cell tagged "${PARAMETERS_TAG}", so --param cannot be given; tag the cell that declares them`,
    );
  const declared = declaredParameters(home.source);
  const lines = [...given].map(([name, text]) => {
    const parameter = declared.find((each) => each.name === name);
    if (parameter === undefined) {
      const known = declared.map((each) => each.name).join(", ");
      throw new ArgumentError(
        `notebook ${source} has no parameter ${name}; it has ${known === "" ? "none" : known}`,
      );
    }
    const { keyword, type } = parameter;
    const annotation = type === undefined ? "" : `: ${type}`;
    return `${keyword} ${name}${annotation} = ${formatValue(parameter, text, source)};`;
  });
  const others = notebook.cells.filter((cell) => !hasTag(cell, INJECTED_TAG));
  const injected = createCell(
    ["// Parameters", ...lines].join("\n"),
    new Set(others.map(({ id }) => id)),
  );
  const cells = others.flatMap((cell) => (cell === home ? [cell, injected] : [cell]));
  return { ...notebook, cells };
}
