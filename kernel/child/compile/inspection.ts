import type { CellRequest } from "../../protocol/cellProtocol";
import type { JsonObject } from "../../protocol/message";
import type { Converter } from "./conversion";
import { nameLibrary } from "../modules/moduleResolution";

/** Where to look for something to describe: at the cursor, before it, and at the call around it. */
function candidatePositions(code: string, cursor: number): number[] {
  const positions = [cursor, cursor - 1];
  let depth = 0;
  for (let at = cursor - 1; at > 0; at--) {
    if (code[at] === ")") depth++;
    else if (code[at] === "(" && depth-- === 0) {
      positions.push(at - 1);
      break;
    }
  }
  return positions.filter((position) => position >= 0);
}

const joinParts = (parts: readonly { text: string }[] | undefined): string =>
  (parts ?? []).map(({ text }) => text).join("");

/** A signature without the compiler's words for how a name came here. */
function cleanSignature(text: string): string {
  return nameLibrary(text)
    .replace(/^\(alias\) /, "")
    .replace(/\n(?:export|import) [^\n]*$/, "");
}

/** The type and the docstring of what stands at a cursor; empty data if nothing does. */
export function inspectCode(
  converter: Converter,
  declarations: string,
  { code, cursor }: Extract<CellRequest, { kind: "inspect" }>,
): JsonObject {
  for (const position of candidatePositions(code, cursor)) {
    const found = converter.inspect(declarations, code, position);
    if (found === undefined || found === null) continue;
    const signature = cleanSignature(joinParts(found.displayParts));
    const text = joinParts(found.documentation);
    // The checker's word for what it has never heard of.
    if (signature === "any" && text === "") continue;
    const tags = (found.tags ?? []).map((tag) => `@${tag.name} ${joinParts(tag.text)}`.trimEnd());
    const plain = [signature, text, tags.join("\n")].filter(Boolean).join("\n\n");
    const listed = tags.map((tag) => `- ${tag.replace(/^@(\S+)/, "*$1*")}`).join("\n");
    const parts = ["```typescript\n" + signature + "\n```", text, listed];
    const markdown = parts.filter(Boolean).join("\n\n");
    return { data: { "text/plain": plain, "text/markdown": markdown } };
  }
  return { data: {} };
}
