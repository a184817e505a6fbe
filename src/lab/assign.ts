import { assignmentName, createChoices, type LayerChoices } from "../analyse/assign/choices";
import { searchAssignment, type AssignState, type Judged } from "../analyse/assign/search";
import { describeDomain, domainName, PIXEL_DOMAIN, toDomain, type Domain } from "../analyse/domain";
import { parseApproximation } from "../approximate/parseApproximation";
import { cellSignal } from "../cellSignal";
import { ArgumentError, UnreachedError } from "../errors";
import type { Network } from "../network/network";
import { loadNetwork } from "../network/load";
import { withDisplay, type Displayable } from "../present/display";
import { declaredFrame } from "../present/frame/declaredFrame";
import type { DataFrame } from "../present/frame/frameType";
import { formatSignificant } from "../present/numberFormat";
import { declaredTable } from "../present/table/declaredTable";
import { displayTable } from "../present/table/showTable";
import {
  assignCaption,
  assignColumns,
  assignRows,
  type Assigned,
  type AssignRow,
} from "./assignTable";
import { questionOf, type AssignOptions } from "./assignQuestion";

/** What `assign` finds, with the measured assignments as a DataFrame. */
export interface AssignFound extends Assigned {
  readonly frame: DataFrame<AssignRow>;
}

/** What layers may be stored as where nothing is said. */
export const DEFAULT_CANDIDATES: readonly string[] = ["int4", "int6", "int8", "int12", "half"];

const TIME = 60;

/**
 * The fewest bits for each layer such that the error stays within ε: proved over a domain, or
 * attained on the polytopes of points. Every candidate for all layers is measured first; then
 * what takes fewer bits than the best, layer by layer, unless E at an input that is known refutes
 * it. Bits are an estimate (`storedBits`).
 *
 * @param network  a network, or its name or file as `loadNetwork` takes them
 * @returns the assignment, as `twins` takes it, how sure it is that there is none of fewer bits,
 *   and all that was measured
 * @throws UnreachedError if nothing is found that keeps within ε, with the least error that was
 *   measured; ArgumentError if an option makes no sense
 * @example
 * const found = await rl.assign("net1", { epsilon: 600, method: "differential", time: 2 });
 */
export async function assign(
  network: Network | string,
  options: AssignOptions,
): Promise<AssignFound & Displayable> {
  const loaded = typeof network === "string" ? await loadNetwork(network, options) : network;
  const domain = toDomain(options?.domain ?? PIXEL_DOMAIN);
  const { found, choices } = await findAssignment(loaded, domain, options);
  const columns = assignColumns(found.tried);
  const told = {
    caption: assignCaption(choices, found, domain),
    inputs: `every input in ${describeDomain(domain)}`,
  };
  const frame = declaredFrame<AssignRow>(columns, found.tried, told);
  return withDisplay({ ...found, frame }, () =>
    displayTable(declaredTable(columns, found.tried, told)),
  );
}

/** What `assign` does, without frames. */
export async function findAssignment(
  network: Network,
  domain: Domain,
  options: AssignOptions,
): Promise<{ readonly found: Assigned; readonly choices: LayerChoices }> {
  const { epsilon, candidates = DEFAULT_CANDIDATES, time = TIME } = options ?? {};
  if (!(epsilon >= 0 && Number.isFinite(epsilon))) {
    throw new ArgumentError(`epsilon is ${epsilon}, expected a number from 0`);
  }
  if (!(time > 0)) throw new ArgumentError(`time is ${time}, expected seconds above 0`);
  const began = performance.now();
  const spent = (): number => (performance.now() - began) / 1000;
  const choices = createChoices(network, candidates.map(parseApproximation));
  const question = await questionOf(choices, domain, { ...options, time });
  const stop = endingOf(options.signal, () => spent() > time);
  let state: AssignState | undefined;
  try {
    for (const step of searchAssignment(question)) {
      state = step;
      options.onProgress?.(step);
      // However long it takes, every candidate for all layers is measured.
      const isEnough = step.best !== undefined || step.measured.length >= choices.names.length;
      if (stop.ended() !== undefined && isEnough) break;
      if (options.signal?.aborted === true) break;
      await new Promise((resolve) => setImmediate(resolve));
      stop.throwIfCellEnds();
    }
  } catch (cause) {
    // A bound that the signal ended: what was measured before stands.
    if (options.signal?.aborted !== true || state?.best === undefined) throw cause;
  }
  const best = state?.best;
  if (state === undefined || best?.measured === undefined)
    throw noneWithin(choices, epsilon, state);
  const measure = options.dataset === undefined ? "bound" : "appMax";
  const sure = state.leastBits === best.bits ? "fewest" : "measured";
  const found: Assigned = {
    assignment: assignmentName(choices, best.assignment),
    bits: best.bits,
    wholeBits: choices.wholeBits,
    epsilon,
    measure,
    error: best.measured,
    leastBits: state.leastBits,
    ended: state.isDone ? sure : (stop.ended() ?? "time"),
    domain: domainName(domain),
    tried: assignRows(choices, state, { epsilon, measure }),
    refuted: state.refuted,
    milliseconds: performance.now() - began,
  };
  return { found, choices };
}

/** When a search has to end, and what ended it. */
function endingOf(signal: AbortSignal | undefined, isLate: () => boolean) {
  const ofCell = signal === undefined ? cellSignal() : undefined;
  return {
    ended: (): "time" | "interrupted" | undefined =>
      signal?.aborted === true ? "interrupted" : isLate() ? "time" : undefined,
    throwIfCellEnds: () => ofCell?.throwIfAborted(),
  };
}

function noneWithin(
  choices: LayerChoices,
  epsilon: number,
  state: AssignState | undefined,
): UnreachedError {
  const errorOf = ({ measured = Infinity }: Judged): number => measured;
  const measured = state?.measured ?? [];
  const least = [...measured].sort((a, b) => errorOf(a) - errorOf(b)).at(0);
  const known =
    least === undefined
      ? "nothing was measured before it ended"
      : `the least error that was measured is ${formatSignificant(errorOf(least))}, of ` +
        assignmentName(choices, least.assignment);
  return new UnreachedError(
    `no assignment of ${choices.names.join(", ")} was found with E ≤ ${epsilon}: ${known}; take a ` +
      "larger epsilon, finer candidates, a smaller domain or a tighter method",
  );
}
