import { ArgumentError } from "../../src/errors";
import { quoteName } from "../../src/quoteName";
import type { JsonObject } from "../protocol/message";
import type { Notebook } from "./notebook";
import { membersOf } from "../../src/unknownValue";

/** Kernels for TypeScript, where a notebook names its kernel but no language. */
const TYPE_SCRIPT_KERNELS = ["roundlab", "tslab", "deno"];

/** A text field of an object in the metadata; nothing if either is not there. */
function textOf(metadata: JsonObject, object: string, field: string): string | undefined {
  const value = membersOf<JsonObject>(metadata[object])[field];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** What a notebook that is not for us says of itself; nothing if it is, or says nothing. */
function foreignLanguage({ metadata }: Notebook): string | undefined {
  const kernel = textOf(metadata, "kernelspec", "name");
  // The kernel that is asked for comes before the language that ran last.
  const language =
    textOf(metadata, "kernelspec", "language") ?? textOf(metadata, "language_info", "name");
  if (language !== undefined)
    return language.toLowerCase() === "typescript"
      ? undefined
      : `${quoteName(language)}${kernel === undefined ? "" : ` (kernel ${quoteName(kernel)})`}`;
  if (kernel === undefined || TYPE_SCRIPT_KERNELS.includes(kernel)) return undefined;
  return `the kernel ${quoteName(kernel)}, without naming a language`;
}

/**
 * Refuses a notebook that says it is in another language: its cells would be run as TypeScript, and
 * its outputs replaced by their errors.
 *
 * @throws ArgumentError naming what the notebook says
 */
export function refuseOtherLanguage(notebook: Notebook, source: string): void {
  const foreign = foreignLanguage(notebook);
  if (foreign !== undefined)
    throw new ArgumentError(
      `notebook ${source} is for ${foreign}, expected typescript; ` +
        "run it with its own kernel, or with --force as TypeScript all the same",
    );
}
