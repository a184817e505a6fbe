import * as os from "node:os";
import { provenanceFacts } from "./provenance";

/**
 * What a session that adds rows computes with, as `sessions.jsonl` notes it: versions, machine,
 * time.
 */
export function sessionFacts(workers: number | undefined): object {
  const facts = provenanceFacts().map(({ what, value }) => [what, value]);
  return {
    startedAt: new Date().toISOString(),
    ...Object.fromEntries(facts),
    processor: os.cpus()[0]?.model ?? "unknown",
    workers: workers ?? os.availableParallelism(),
  };
}
