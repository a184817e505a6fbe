import { createPolytopeWorkspace, type PolytopeWorkspace } from "../analyse/polytope";
import type { Twins } from "../analyse/twin";
import { createEngines } from "../experiment/backend/engines";
import type { Engine } from "../lp/program";
import { loadKernels } from "../numeric/loadKernels";

/**
 * What computing with a pair of networks needs again and again, made once: the memory of its
 * kernels, the workspace of its patterns, and the engines of a solver.
 */
export interface Session {
  readonly workspace: PolytopeWorkspace;
  /** The engines of a solver's name, in the order in which they are tried. */
  engines(solver: string): Promise<readonly Engine[]>;
}

/** Sessions last as long as somebody holds the twins that they are of. */
const sessions = new WeakMap<Twins, Session>();

/** The session of a pair of networks; the first call makes it. */
export function sessionOf(twins: Twins): Session {
  const known = sessions.get(twins);
  if (known !== undefined) return known;
  const made = createSession(twins);
  sessions.set(twins, made);
  return made;
}

function createSession(twins: Twins): Session {
  const bySolver = new Map<string, Promise<Engine[]>>();
  return {
    workspace: createPolytopeWorkspace(twins, loadKernels()),
    engines(solver) {
      const engines = bySolver.get(solver) ?? createEngines(solver);
      bySolver.set(solver, engines);
      // A solver that could not be made is asked for anew the next time.
      engines.catch(() => bySolver.delete(solver));
      return engines;
    },
  };
}
