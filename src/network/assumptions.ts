import { quoteName } from "../quoteName";
import type { Network } from "./network";

/**
 * What was assumed of some networks, each sentence once: a twin repeats what was assumed of its
 * original.
 */
export function assumptionsOf(networks: readonly Network[]): string[] {
  const found = new Map<string, string>();
  for (const { name, assumptions = [] } of networks) {
    for (const assumption of assumptions) {
      if (!found.has(assumption)) found.set(assumption, `${quoteName(name)}: ${assumption}`);
    }
  }
  return [...found.values()];
}

/** The end of a caption: `; assumed of net: ReLU between …`, or nothing where nothing was. */
export function assumedOf(assumptions: readonly string[]): string {
  return assumptions.map((assumption) => `; assumed of ${assumption}`).join("");
}
