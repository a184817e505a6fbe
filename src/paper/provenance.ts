import { declareColumns } from "../claim/column";
import {
  provenanceFacts,
  type ProvenanceFact,
  type ProvenanceInputs,
} from "../experiment/provenance";
import { declaredFrame } from "../present/frame/declaredFrame";
import type { DataFrame } from "../present/frame/frameType";

/** The columns of provenance. */
export const PROVENANCE_COLUMNS = declareColumns<ProvenanceFact>({
  what: { type: "text", meaning: "what is named: a version, a commit, a checksum, a seed" },
  value: { type: "text", meaning: "which it is" },
});

/**
 * Where a notebook's numbers come from, as a DataFrame: versions, commit, checksums, seed.
 *
 * @example
 * rl.provenance({ networks: [net1], datasets: [digits] })
 */
export function provenance(inputs: ProvenanceInputs = {}): DataFrame {
  return declaredFrame(PROVENANCE_COLUMNS, provenanceFacts(inputs), { caption: "Provenance" });
}
