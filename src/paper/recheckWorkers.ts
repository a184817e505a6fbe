/** A thread takes as long to set up as this many points of Net1 or blocks of images take. */
const SETUP = 12;

/** Whether so few items are done before a thread for them would be set up. */
export function areFew(count: number): boolean {
  return count < SETUP;
}

/**
 * Threads for so few items computed anew: one, where another would be set up for longer than it
 * works; all cores otherwise. The notebooks of the exhibits run two at a time.
 */
export function recheckWorkers(count: number): number | undefined {
  return areFew(count) ? 1 : undefined;
}
