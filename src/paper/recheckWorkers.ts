/** A thread takes as long to set up as this many points of Net1 or blocks of images take. */
const SETUP = 12;

/**
 * Threads for so few items computed anew: one, where another would be set up for longer than it
 * works; all cores otherwise. The notebooks of the exhibits run two at a time.
 */
export function recheckWorkers(count: number): number | undefined {
  return count < SETUP ? 1 : undefined;
}
