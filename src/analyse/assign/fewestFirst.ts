import { assignedBits, type Assignment, type LayerChoices } from "./choices";

/** An assignment and the bits that it takes. */
export interface Sized {
  readonly assignment: Assignment;
  readonly bits: number;
}

/** How far each layer is along its candidates, from its smallest one on. */
interface Node extends Sized {
  readonly steps: readonly number[];
  /** No layer before this one is moved any more, so that nothing comes twice. */
  readonly from: number;
}

/**
 * All assignments from the one of fewest bits on, one after the other and none twice; equal ones in
 * the order of their layers' candidates. What comes is found when it is asked for: there may be
 * very many.
 */
export function* fewestFirst(choices: LayerChoices): Generator<Sized, void> {
  const orders = choices.bits.map((bits) =>
    Array.from(bits.keys()).sort((a, b) => bits[a] - bits[b] || a - b),
  );
  const nodeOf = (steps: readonly number[], from: number): Node => {
    const assignment = steps.map((step, place) => orders[place][step]);
    return { steps, from, assignment, bits: assignedBits(choices, assignment) };
  };
  const open = [
    nodeOf(
      orders.map(() => 0),
      0,
    ),
  ];
  for (let node = takeFirst(open); node !== undefined; node = takeFirst(open)) {
    yield { assignment: node.assignment, bits: node.bits };
    for (let place = node.from; place < orders.length; place++) {
      if (node.steps[place] + 1 >= orders[place].length) continue;
      const steps = node.steps.map((step, at) => (at === place ? step + 1 : step));
      insert(open, nodeOf(steps, place));
    }
  }
}

/** Whether one comes before another. */
function isBefore(one: Node, other: Node): boolean {
  if (one.bits !== other.bits) return one.bits < other.bits;
  const place = one.steps.findIndex((step, at) => step !== other.steps[at]);
  return place >= 0 && one.steps[place] < other.steps[place];
}

/** Puts a node into a binary heap. */
function insert(heap: Node[], node: Node): void {
  let at = heap.length;
  heap.push(node);
  while (at > 0) {
    const above = (at - 1) >> 1;
    if (!isBefore(heap[at], heap[above])) return;
    [heap[at], heap[above]] = [heap[above], heap[at]];
    at = above;
  }
}

/** The first node of a binary heap, taken out. */
function takeFirst(heap: Node[]): Node | undefined {
  const first = heap.at(0);
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  heap[0] = last;
  for (let at = 0; ;) {
    let least = at;
    for (const below of [2 * at + 1, 2 * at + 2]) {
      if (below < heap.length && isBefore(heap[below], heap[least])) least = below;
    }
    if (least === at) return first;
    [heap[at], heap[least]] = [heap[least], heap[at]];
    at = least;
  }
}
