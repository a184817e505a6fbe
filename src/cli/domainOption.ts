import { DATA_DOMAIN, DOMAIN_GRAMMAR, toDomain, type Domain } from "../analyse/domain";
import { Option, type Command } from "commander";
import { openPoints } from "../dataset/openPoints";
import { inputAt, type PointSource } from "../dataset/pointSet";
import { rangeOf } from "../dataset/rangeOf";
import { ArgumentError } from "../errors";
import { checkImages } from "../experiment/checkImages";
import type { Network } from "../network/network";
import { plainText, quoteName } from "../quoteName";
import { readJsonFile } from "./jsonFile";
import { parseList } from "./list";

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

/** The flags that say which box is meant. */
export interface DomainFlags {
  readonly domain: string;
  readonly box?: string;
  readonly center?: string;
  readonly centre?: string;
  readonly radius?: string;
  readonly free?: string;
  readonly data: string;
}

/** Adds what names a box: all of a domain, or what of it lies around a point. */
export function addDomainOptions(command: Command): Command {
  return command
    .addOption(new Option("--domain <box>", DOMAIN_HELP).default("pixels"))
    .addOption(new Option("--box <file.json>", "as --domain with a file").conflicts("domain"))
    .option("--center <point>", "a point of --data by its number, or points.npy with one point")
    .addOption(new Option("--centre <point>", "as --center").hideHelp())
    .option("--radius <distance>", "with --center: how far inputs may move, within --domain")
    .option("--free <inputs>", "with --center: the inputs that may move, as 3,4,5; others stay");
}

/**
 * The domain that the flags name. Data are opened only where they are asked for.
 *
 * @throws ArgumentError naming a flag that cannot be read, or that needs another
 */
export async function domainOfFlags(
  flags: DomainFlags,
  networks: readonly Network[],
): Promise<Domain> {
  const { center = flags.centre, radius, free, data } = flags;
  const text = flags.box ?? flags.domain;
  const within = domainOfOption(
    text,
    text === DATA_DOMAIN ? await fitting(data, networks) : undefined,
  );
  if (center === undefined) {
    if (radius === undefined && free === undefined) return within;
    throw new ArgumentError("--radius and --free are about the point of --center; give one");
  }
  const around = await pointOf(center, data, networks);
  return toDomain({
    around,
    ...(radius === undefined ? {} : { radius: numberFrom0(radius, "--radius") }),
    ...(free === undefined
      ? {}
      : { free: parseList(free, "--free").map((input) => numberFrom0(input, "--free")) }),
    within,
  });
}

async function fitting(name: string, networks: readonly Network[]): Promise<PointSource> {
  const points = await openPoints(name);
  for (const network of networks) checkImages(network, points);
  return points;
}

/** A point by its number in the data, or the only one of a NumPy file. */
async function pointOf(
  center: string,
  data: string,
  networks: readonly Network[],
): Promise<Float64Array> {
  if (/^\d+$/.test(center)) return inputAt(await fitting(data, networks), Number(center));
  if (!center.endsWith(".npy")) {
    throw new ArgumentError(
      `--center takes the number of a point in --data, or a .npy file, found "${plainText(center)}"`,
    );
  }
  const points = await fitting(center, networks);
  if (points.count === 1) return inputAt(points, 0);
  throw new ArgumentError(
    `--center ${quoteName(center)} has ${points.count} points, expected one; --data takes many`,
  );
}

function numberFrom0(text: string, option: string): number {
  const value = text.trim() === "" ? NaN : Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new ArgumentError(`${option} takes a number from 0, found "${plainText(text)}"`);
}

/** A domain's ends, as results in JSON have them. */
export function boxForJson({ kind, lower, upper }: Domain) {
  return kind === "inputs"
    ? { lower: Array.from(lower), upper: Array.from(upper) }
    : { lower, upper };
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
