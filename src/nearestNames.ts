/**
 * Names with those first that a mistyped one is nearest to, by the letters that must be changed,
 * added or left out; equally near ones keep their order.
 */
export function nearestFirst(typed: string, names: readonly string[]): string[] {
  const distance = new Map(names.map((name) => [name, editDistance(typed, name)]));
  return [...names].sort((a, b) => (distance.get(a) ?? 0) - (distance.get(b) ?? 0));
}

/** The Levenshtein distance of two names; long ones are compared by their first 100 characters. */
function editDistance(first: string, second: string): number {
  const [a, b] = [first.slice(0, 100), second.slice(0, 100)];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[b.length];
}
