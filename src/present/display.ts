import { membersOf } from "../unknownValue";
/**
 * The name under which a value carries its own way of being shown in a notebook. It is the
 * convention of Deno's Jupyter kernel, so values of RoundLab also show themselves there.
 */
export const DISPLAY: unique symbol = Symbol.for("Jupyter.display");

/** One value in several formats, by MIME type; a client shows the richest that it knows. */
export interface MimeBundle {
  [mime: string]: unknown;
}

/** A value that shows itself when it is the last expression of a notebook cell. */
export interface Displayable {
  [DISPLAY](): MimeBundle | Promise<MimeBundle>;
}

/** Whether a value shows itself. */
export function isDisplayable(value: unknown): value is Displayable {
  return (
    value !== null &&
    (typeof value === "object" || typeof value === "function") &&
    typeof membersOf<Displayable>(value)[DISPLAY] === "function"
  );
}

/**
 * A copy of a plain object that shows itself. The method is not enumerable, so that JSON, spreading
 * and comparison see the data alone.
 */
export function withDisplay<Value extends object>(
  value: Value,
  show: () => MimeBundle | Promise<MimeBundle>,
): Value & Displayable {
  const copy = { ...value };
  Object.defineProperty(copy, DISPLAY, { value: show, enumerable: false });
  // The line above has just added the one member that the compiler misses.
  return copy as Value & Displayable;
}
