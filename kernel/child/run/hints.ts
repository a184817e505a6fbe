/**
 * What people write who come from another language or notebook, and what does it here: one line
 * each, shown with the compiler's complaint.
 */

/** By the name that the compiler cannot find. */
const NAME_HINTS: Readonly<Record<string, string>> = {
  print: "console.log(value) prints; the value of a cell's last expression shows by itself",
  println: "console.log(value) prints",
  printf: "console.log(value) prints; value.toFixed(3) has three digits behind the point",
  echo: "console.log(value) prints",
  alert: "console.log(value) prints, display(value) shows",
  range: "Array.from({ length: n }, (_, i) => i) holds 0 to n - 1; or for (let i = 0; i < n; i++)",
  help: "Shift-Tab on a name shows its type and documentation, Tab what there is",
  dir: "Tab behind a dot shows what a value has",
  type: "typeof value is a value's type; Shift-Tab shows the type of a name",
  len: "array.length is the number of its elements, text.length that of a text's characters",
  input: "prompt(text) asks for a line of text, confirm(text) for yes or no",
  str: "String(value) is its text",
  int: "Math.trunc(Number(value)) is a whole number",
  float: "Number(value) is a number",
  list: "[...values] is an array of them",
  dict: "{ key: value } is an object, new Map() a map of any keys",
  sum: "values.reduce((sum, each) => sum + each, 0) adds them up",
  abs: "Math.abs(x); Math has min, max, round and others",
  sqrt: "Math.sqrt(x)",
  True: "true, in small letters",
  False: "false, in small letters",
  None: "undefined, or null",
  nil: "undefined, or null",
  def: "a function is written function name(argument: number) { return argument; }",
  elif: "else if",
  np: "there is no NumPy: rl has matrices, and arrays have map, filter and reduce",
  numpy: "there is no NumPy: rl has matrices, and arrays have map, filter and reduce",
  pd: "rl.createDataFrame makes a DataFrame",
  pandas: "rl.createDataFrame makes a DataFrame",
  plt: "rl has figures (rl.createFigure and others)",
  pip: 'packages are installed in a terminal, or by require("node:child_process").execSync("npm install NAME")',
  npm: 'packages are installed in a terminal, or by require("node:child_process").execSync("npm install NAME")',
  document: "cells run in Node, where there is no page; display.html(text) shows one",
  window: "cells run in Node, where there is no window; globalThis holds what is global",
};

/** The hint for a name that no cell and no library declares. */
export function hintForName(name: string): string | undefined {
  return Object.hasOwn(NAME_HINTS, name) ? NAME_HINTS[name] : undefined;
}

/** By what the first line of a cell looks like that is no TypeScript. */
const LINE_HINTS: readonly (readonly [pattern: RegExp, hint: (found: string) => string])[] = [
  [
    /^!\s*([\w./~-][^\n]*)/,
    (command) =>
      `! is no command here: require("node:child_process").execSync(${JSON.stringify(command.trim())}).toString()`,
  ],
  [
    /^%%?(time(?:it)?)\b/,
    () => 'there are no magics here: console.time("cell"), and console.timeEnd("cell") behind it',
  ],
  [/^%%?(\w+)/, (name) => `there are no magics here, so no %${name}; see docs/kernel.md`],
  [
    /^\?{1,2}\s*([\w.$]+)|^([\w.$]+)\?{1,2}$/,
    (name) => `Shift-Tab on ${name} shows its type and documentation`,
  ],
  [
    /^(from \w[\w.]* import|import \w[\w.]*(?: as \w+)?$|def \w+\(.*\):|class \w+.*:$|for \w+ in .*:$)/,
    () => "this looks like Python; the cells of this kernel are TypeScript",
  ],
];

/** The hint for a cell that does not even parse, or that uses what it thinks are commands. */
export function hintForCell(code: string): string | undefined {
  const line = code.trimStart().split("\n", 1)[0].trimEnd();
  for (const [pattern, hint] of LINE_HINTS) {
    const found = pattern.exec(line);
    if (found !== null) return hint(found[1] ?? found[2] ?? "");
  }
  return undefined;
}
