import { provenanceFacts, type ProvenanceInputs } from "../experiment/provenance";
import { createDataFrame } from "../present/frame/dataFrame";
import type { DataFrame } from "../present/frame/frameType";

/**
 * Where a notebook's numbers come from, as a DataFrame: versions, commit, checksums, seed.
 *
 * @example
 * rl.provenance({ networks: [net1], datasets: [digits] })
 */
export function provenance(inputs: ProvenanceInputs = {}): DataFrame {
  return createDataFrame(provenanceFacts(inputs), { caption: "Provenance" });
}
