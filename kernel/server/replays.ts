/** How many signatures are remembered: about 8 MB of them. */
const REMEMBERED_SIGNATURES = 1 << 16;

/** Tells a signed message from a copy of it that somebody sends again. */
export interface ReplayFilter {
  /** Whether this signature comes for the first time; it is remembered from now on. */
  isNew(signature: string): boolean;
}

/**
 * A filter that remembers the last signatures, so that one who overhears a request cannot have it
 * run twice.
 *
 * A connection without a key has empty signatures; there everything is new.
 */
export function createReplayFilter(limit = REMEMBERED_SIGNATURES): ReplayFilter {
  const seen = new Set<string>();
  return {
    isNew: (signature) => {
      if (signature === "") return true;
      if (seen.has(signature)) return false;
      seen.add(signature);
      // A set is walked in the order of insertion: the first is the oldest.
      if (seen.size > limit) for (const oldest of seen.values()) return seen.delete(oldest);
      return true;
    },
  };
}
