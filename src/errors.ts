/**
 * The kinds of error RoundLab raises. Each message says what, where, expected against found, what
 * to do.
 */

import { membersOf } from "./unknownValue";

/** Two values whose shapes must fit do not fit. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

/** Bytes or text from outside do not follow their format. */
export class FormatError extends Error {
  override readonly name = "FormatError";
}

/** An argument or option lies outside what the function accepts. */
export class ArgumentError extends Error {
  override readonly name = "ArgumentError";
}

/** A solver failed for a reason that is not the program's own infeasibility or unboundedness. */
export class SolverError extends Error {
  override readonly name = "SolverError";
}

/** A stored run cannot be read, written or locked. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}

/** What was asked for was looked for properly, and is not to be had. */
export class UnreachedError extends Error {
  override readonly name = "UnreachedError";
}

/** A kernel could not be started, or its process ended before it was told to. */
export class KernelError extends Error {
  override readonly name = "KernelError";
}

/** A file could not be fetched from any of its mirrors. */
export class DownloadError extends Error {
  override readonly name = "DownloadError";
}

/** A promise that RoundLab makes to itself was broken: a fault of ours, worth a report. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

/**
 * What was thrown, in words: the message of an error of any realm, or of what looks like one; of
 * anything else, and of an error that says nothing, its text.
 */
export function messageOf(error: unknown): string {
  const { message } = membersOf<Error>(error);
  return typeof message === "string" && message !== "" ? message : String(error);
}

/** Ends a `switch` over a union: the compiler proves that it is never reached. */
export function assertNever(value: never): never {
  throw new InvariantError(`unexpected variant ${JSON.stringify(value)}`);
}
