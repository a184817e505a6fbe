import { convolutionRules } from "./conv2d";
import type { LocalLayer } from "./localLayer";
import type { LocalRules } from "./localRule";
import { poolRules } from "./maxPool2d";
import { normaliseRules } from "./normalise";
import { reluRules } from "./relu";

/** What analysis does with each kind of local layer; a kind without its rules does not compile. */
const LOCAL_RULES: {
  readonly [K in LocalLayer["kind"]]: LocalRules<Extract<LocalLayer, { kind: K }>>;
} = {
  conv2d: convolutionRules,
  maxPool2d: poolRules,
  relu: reluRules,
  normalise: normaliseRules,
};

/** The rules of a layer's kind. */
export function localRules(layer: LocalLayer): LocalRules<LocalLayer> {
  // The table pairs every kind with its rules.
  return LOCAL_RULES[layer.kind];
}
