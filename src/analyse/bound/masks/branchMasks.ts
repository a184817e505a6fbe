import {
  ALL,
  boundForm,
  NONE,
  OPEN,
  reachAt,
  relaxedValues,
  type Decisions,
  type MaskRelaxation,
} from "./maskBound";

/** Steps along the gradient of the multipliers for each node. */
const STEPS = 4;

/** What share of the way down to what is attained a step aims at. */
const AIM = 0.25;

/** Signs of the outputs with decisions, and what σ · δ is at most under them. */
interface MaskNode extends Decisions {
  readonly signs: Int8Array;
  readonly bound: number;
  /** The place to decide next; undefined where nothing is open, -1 before the node was bounded. */
  readonly next?: number;
}

/** How far the branching has come. */
export interface MaskBranching {
  /** No input has a larger E. */
  readonly upper: number;
  /** How many nodes were bounded, and how many are left. */
  readonly nodes: number;
  readonly open: number;
  /** The form on the inputs that was bounded last: it points to where E may be large. */
  readonly largest: Readonly<Float64Array>;
}

/** A sign vector and what is known of it. */
export interface SignBound {
  readonly signs: Int8Array;
  readonly bound: number;
}

/**
 * Decides masks one by one, of the sign vector and decisions with the largest bound first. For any
 * input Δ_j = θ_j δ_j with θ_j in [0, 1], and the outputs' differences are affine in each θ_j by
 * itself, as ξ does not depend on any: so σ · δ is largest with all θ_j 0 or 1, and both children
 * of a decision are exact there. Whoever takes the states may stop at any of them.
 *
 * @param roots  all sign vectors with what is known of each
 * @param attained  E at some input: nothing is below it
 */
export function* branchMasks(
  problem: MaskRelaxation,
  roots: readonly SignBound[],
  attained: () => number,
): Generator<MaskBranching, void> {
  const { count } = problem;
  const queue: MaskNode[] = roots.map((root) => ({
    ...root,
    masks: new Uint8Array(count).fill(OPEN),
    multipliers: new Float64Array(count),
    next: -1,
  }));
  let nodes = 0;
  while (queue.length > 0) {
    const node = takeLargest(queue);
    // Nothing is left to decide in the largest of all.
    if (node.next === undefined) return;
    const children = node.next === -1 ? [node] : childrenOf(node, node.next);
    for (const child of children) {
      nodes++;
      queue.push(boundNode(problem, child, attained()));
    }
    const upper = queue.reduce((most, { bound }) => Math.max(most, bound), 0);
    yield { upper, nodes, open: queue.length, largest: problem.work.onInput };
  }
}

function takeLargest(queue: MaskNode[]): MaskNode {
  const at = queue.reduce(
    (best, { bound }, index) => (bound > queue[best].bound ? index : best),
    0,
  );
  const [node] = queue.splice(at, 1);
  return node;
}

function childrenOf(node: MaskNode, place: number): MaskNode[] {
  return [ALL, NONE].map((mask) => {
    const masks = node.masks.slice();
    masks[place] = mask;
    return { ...node, masks };
  });
}

/** Bounds a node, its multipliers moved along the gradient for as long as that helps. */
function boundNode(problem: MaskRelaxation, node: MaskNode, attained: number): MaskNode {
  const { masks, signs } = node;
  const multipliers = node.multipliers.slice();
  let best = node;
  let least = Infinity;
  const isDecided = masks.some((mask) => mask !== OPEN);
  for (let step = 0; step < STEPS; step++) {
    const { factors } = problem.work;
    factors.fill(0);
    factors.set(signs, 2 * problem.count);
    const found = boundForm(problem, { masks, multipliers });
    if (found < least) {
      least = found;
      const bound = Math.min(node.bound, found);
      best = { ...node, bound, multipliers: multipliers.slice(), next: nextOf(problem, node) };
    }
    if (!isDecided || least <= attained) break;
    descend(problem, masks, multipliers, (found - attained) * AIM);
  }
  return best;
}

/** One projected step: towards a bound that is less by `gain`, were it linear. */
function descend(
  problem: MaskRelaxation,
  masks: Uint8Array,
  multipliers: Float64Array,
  gain: number,
): void {
  const values = relaxedValues(problem);
  const gradient = multipliers.map((multiplier, place) => {
    if (masks[place] === OPEN) return 0;
    const slack =
      masks[place] === ALL
        ? values[place] - problem.least[place]
        : problem.most[place] - values[place];
    return multiplier === 0 && slack > 0 ? 0 : slack;
  });
  const square = gradient.reduce((sum, slack) => sum + slack * slack, 0);
  if (square === 0) return;
  gradient.forEach((slack, place) => {
    multipliers[place] = Math.max(0, multipliers[place] - (gain / square) * slack);
  });
}

/** The open place whose decision may move the bound most, by the form that was bounded last. */
function nextOf({ work, free, count }: MaskRelaxation, { masks }: Decisions): number | undefined {
  let [next, most] = [-1, -1];
  for (let place = 0; place < count; place++) {
    if (masks[place] !== OPEN) continue;
    const p = Math.max(0, work.onValue[place]) * work.shifts[place];
    const score = Math.abs(work.onDifference[place]) * reachAt(free, place) + p / 2;
    if (score > most) [next, most] = [place, score];
  }
  return next === -1 ? undefined : next;
}
