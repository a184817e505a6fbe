import { DATA_DOMAIN, DOMAIN_GRAMMAR, toDomain, type Domain } from "../analyse/domain";
import type { PointSource } from "../dataset/pointSet";
import { rangeOf } from "../dataset/rangeOf";
import { ArgumentError } from "../errors";
import { quoteName } from "../quoteName";
import { readJsonFile } from "./jsonFile";

/** What `--domain` takes, for its help. */
export const DOMAIN_HELP =
  `${DOMAIN_GRAMMAR}; data (the range of every input in the data set); or a .json file with lower and ` +
  "upper, a number or one for each input";

/**
 * The domain that `--domain` names.
 *
 * @param dataset  what `data` is the range of
 * @throws ArgumentError or ShapeError saying what is wrong with it, and of which file
 */
export function domainOfOption(text: string, dataset?: PointSource): Domain {
  if (text === DATA_DOMAIN && dataset !== undefined) return toDomain(rangeOf(dataset));
  return text.endsWith(".json") ? readDomain(text) : toDomain(text);
}

function readDomain(file: string): Domain {
  const place = `--domain ${quoteName(file)}`;
  const { lower, upper } = readJsonFile(file, place, '{"lower": 0, "upper": [1, …]}');
  const [low, high] = [lower, upper].map((ends, index) =>
    readEnds(ends, `${place}: ${["lower", "upper"][index]}`),
  );
  try {
    return toDomain({ lower: low, upper: high });
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    throw new ArgumentError(`${place}: ${cause.message}`, { cause });
  }
}

function readEnds(ends: unknown, place: string): number | number[] {
  if (typeof ends === "number") return ends;
  if (Array.isArray(ends)) {
    const odd = ends.findIndex((end) => typeof end !== "number");
    // Every entry has been looked at.
    if (odd === -1) return ends as number[];
    throw new ArgumentError(
      `${place}: entry ${odd} is ${JSON.stringify(ends[odd])}, expected a number`,
    );
  }
  const found = ends === undefined ? "nothing" : JSON.stringify(ends).slice(0, 40);
  throw new ArgumentError(`${place} is ${found}, expected a number or a list of numbers`);
}
