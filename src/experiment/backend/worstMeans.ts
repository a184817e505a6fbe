import { createPatternPasses } from "../../analyse/choosePasses";
import type { PolytopeWorkspace } from "../../analyse/polytope";
import { isPiecewiseAffine } from "../../analyse/source/checkPiecewiseAffine";
import type { Twins } from "../../analyse/twin";
import type { WorstMeans } from "../../analyse/worst/search";
import type { Engine } from "../../lp/program";
import { loadKernels } from "../../numeric/loadKernels";

/** What programs of a pair of networks are made and solved with. */
interface Programs {
  readonly workspace: PolytopeWorkspace;
  engines(solver: string): Promise<readonly Engine[]>;
}

/**
 * What a search for the worst input is made with; what is no network piece by piece has no
 * programs.
 *
 * @param open  asked for what programs need only where there are any
 */
export async function worstMeans(
  twins: Twins,
  open: () => Programs,
): Promise<Pick<WorstMeans, "kernels" | "sides" | "programs">> {
  const kernels = loadKernels();
  const { network, approximated } = twins;
  if (!isPiecewiseAffine(twins)) {
    return { kernels, sides: createPatternPasses([network, approximated], kernels) };
  }
  const { workspace, engines } = open();
  // A walk needs good points soon, not the last proof.
  const fast = (await engines("auto")).filter(({ name }) => name !== "highs");
  return { kernels, sides: workspace.sides, programs: { workspace, engines: fast } };
}
