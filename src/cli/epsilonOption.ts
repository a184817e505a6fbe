import { ArgumentError } from "../errors";
import { quoteName } from "../quoteName";

/** What `--epsilon` says; @throws ArgumentError quoting what cannot be read */
export function parseEpsilon(text: string): number {
  const epsilon = Number(text);
  if (text.trim() !== "" && Number.isFinite(epsilon) && epsilon >= 0) return epsilon;
  throw new ArgumentError(`--epsilon takes a number from 0, found ${quoteName(text)}`);
}
