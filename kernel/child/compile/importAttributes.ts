/** `with { type: "json" }` behind the module's name of an import or export. */
const ATTRIBUTES =
  /^([ \t]*(?:import|export)\b[^;"'`]*(?:"[^"\n]*"|'[^'\n]*'))([ \t]+(?:with|assert)\s*\{[^}]*\})/gm;

/**
 * Source code without the attributes of its imports, of the same length.
 *
 * Node demands them of ES modules that import JSON. The compiler of the cells is older than the
 * word `with` in this place, and the kernel tells a JSON file by its name.
 */
export function dropImportAttributes(code: string): string {
  if (!/\b(?:with|assert)\s*\{/.test(code)) return code;
  return code.replace(
    ATTRIBUTES,
    (_, statement: string, dropped: string) => statement + dropped.replace(/[^\n]/g, " "),
  );
}
