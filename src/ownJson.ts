/**
 * What a text of JSON means that RoundLab itself has written, under a type that the caller names.
 * Of a text that may come from elsewhere the fields are checked instead.
 */
export function parseOwnJson<T>(text: string): T {
  // Who wrote the text wrote a `T`: it came here over a pipe or from a file of our own.
  return JSON.parse(text) as T;
}
