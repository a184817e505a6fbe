/**
 * How deep JSON from outside may be nested.
 *
 * `JSON.parse` takes any depth, but `JSON.stringify` is recursive: a header that came in could not
 * be sent back with the reply.
 */
export const NESTING_LIMIT = 500;

const [quote, backslash] = [0x22, 0x5c];
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** Whether JSON text is nested deeper than `NESTING_LIMIT`; one pass, before it is parsed. */
export function isNestedTooDeep(json: string): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < json.length; at++) {
    const unit = json.charCodeAt(at);
    if (isText) {
      if (unit === backslash) at++;
      else if (unit === quote) isText = false;
    } else if (unit === quote) isText = true;
    else if (OPENING.has(unit)) {
      if (++depth > NESTING_LIMIT) return true;
    } else if (CLOSING.has(unit)) depth--;
  }
  return false;
}
