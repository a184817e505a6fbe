import { appMax as solveAt } from "../analyse/appMax";
import { assignedTwins, type LayerChoices } from "../analyse/assign/choices";
import type { AssignQuestion, AssignState } from "../analyse/assign/search";
import { boundMethodOf, DEFAULT_METHOD } from "../analyse/bound/methods";
import { boxOver, centreOf } from "../analyse/box";
import type { Domain, DomainChoice } from "../analyse/domain";
import { eachImage } from "../analyse/eachImage";
import { createPolytopeWorkspace } from "../analyse/polytope";
import { cellSignal } from "../cellSignal";
import type { PointSource } from "../dataset/pointSet";
import { createEngines } from "../experiment/backend/engines";
import { checkImages } from "../experiment/checkImages";
import type { LoadOptions } from "../network/load";
import { loadKernels } from "../numeric/loadKernels";
import type { BoundChoice } from "./bound";
import { requiredPoints, type PointChoice } from "./chosenPoints";
import { findWorst } from "./worst";

/** Options of `assign`. */
export interface AssignOptions extends BoundChoice, LoadOptions {
  /** What the error may not exceed. */
  readonly epsilon: number;
  /**
   * What each layer may be stored as: words of `parseApproximation`; int4, int6, int8, int12 and
   * half unless it is said.
   */
  readonly candidates?: readonly string[];
  /** Where inputs may lie; [0, 1] for every input by default. */
  readonly domain?: DomainChoice;
  /**
   * With a data set and `points`, the error is the largest AppMax of the points, attained; without,
   * it is the bound of E over the domain, proved.
   */
  readonly dataset?: PointSource;
  /** Indices, or a text such as `"0:20"`, `"sample:20:7"` or `"all"`. */
  readonly points?: PointChoice;
  /** Seconds after which the best so far is taken: 60 unless it is said. */
  readonly time?: number;
  /** Of the searches for inputs that refute; 0 by default. */
  readonly seed?: number;
  /** Told after every step how far the search has come. */
  readonly onProgress?: (state: AssignState) => void;
  /** Ends the search with the best so far. */
  readonly signal?: AbortSignal;
}

/** The share of the time in which inputs are looked for that refute. */
const REFUTING = 1 / 6;

/** What is measured, and the inputs that may refute. */
export async function questionOf(
  choices: LayerChoices,
  domain: Domain,
  options: AssignOptions & { readonly time: number },
): Promise<AssignQuestion> {
  const { epsilon, dataset, method = DEFAULT_METHOD } = options;
  const { network } = choices;
  if (dataset !== undefined) {
    checkImages(network, dataset);
    const points = requiredPoints(dataset, options.points, "assign with a data set");
    const inputs: Float64Array[] = [];
    await eachImage(dataset, points, (x) => void inputs.push(Float64Array.from(x)));
    return { choices, epsilon, inputs, measure: await appMaxOver(inputs, domain) };
  }
  const box = boxOver(domain, network.inputSize);
  const run = typeof method === "string" ? boundMethodOf(method) : method;
  const signal = options.signal ?? cellSignal();
  const means = { kernels: loadKernels(), ...(signal === undefined ? {} : { signal }) };
  const inputs = [centreOf(box), ...(await refutingInputs(choices, domain, options))];
  return { choices, epsilon, inputs, measure: (twins) => run(twins, box, means).total.upper };
}

/** The largest AppMax of some inputs. */
async function appMaxOver(
  inputs: readonly Readonly<Float64Array>[],
  domain: Domain,
): Promise<AssignQuestion["measure"]> {
  const engines = await createEngines("auto");
  return (twins) => {
    const workspace = createPolytopeWorkspace(twins, loadKernels());
    return inputs.reduce(
      (most, x) => Math.max(most, solveAt(workspace, x, engines, { domain }).maximum),
      0,
    );
  };
}

/** The worst inputs that are soon found where all layers are stored alike. */
async function refutingInputs(
  choices: LayerChoices,
  domain: Domain,
  { time, seed = 0, signal }: AssignOptions & { readonly time: number },
): Promise<Float64Array[]> {
  const share = (time * REFUTING) / choices.names.length;
  const found: Float64Array[] = [];
  for (const candidate of choices.names.keys()) {
    const twins = assignedTwins(
      choices,
      choices.layers.map(() => candidate),
    );
    const search = {
      time: share,
      rounds: 1,
      seed,
      from: found,
      ...(signal === undefined ? {} : { signal }),
    };
    found.push((await findWorst(twins, domain, search)).witness);
  }
  return found;
}
