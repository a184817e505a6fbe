import { DATA_DOMAIN, DOMAIN_GRAMMAR, domainName, toDomain, type Domain } from "../analyse/domain";
import { Option, type Command } from "commander";
import type { PointSource } from "../dataset/pointSet";
import { rangeOf } from "../dataset/rangeOf";
import { ArgumentError } from "../errors";
import type { Network } from "../network/network";
import { plainText, quoteName } from "../quoteName";
import { CENTER_HELP, centerOf, openFitting } from "./centerOption";
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
export function domainOfOption(text: string, dataset?: PointSource, option = "--domain"): Domain {
  if (text === DATA_DOMAIN && dataset !== undefined) return toDomain(rangeOf(dataset));
  return text.endsWith(".json") ? readDomain(text, option) : toDomain(text);
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
    .option("--center <point>", CENTER_HELP)
    .addOption(new Option("--centre <point>", "as --center").hideHelp())
    .option(
      "--radius <distance>",
      "with --center: how far inputs may move; cut to --domain, [0, 1] unless it is said",
    )
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
  const within = await withinOf(flags, networks);
  if (center === undefined) {
    if (radius === undefined && free === undefined) return within;
    throw new ArgumentError("--radius and --free are about the point of --center; give one");
  }
  if (radius === undefined && free === undefined) {
    throw new ArgumentError("--center needs --radius or --free: how far, or which inputs may move");
  }
  const around = await centerOf(center, data, networks);
  return toDomain({
    around,
    ...(radius === undefined ? {} : { radius: numberFrom0(radius, "--radius") }),
    ...(free === undefined
      ? {}
      : { free: parseList(free, "--free").map((input) => numberFrom0(input, "--free")) }),
    within,
  });
}

async function withinOf(
  { box, domain, data }: DomainFlags,
  networks: readonly Network[],
): Promise<Domain> {
  if (box === undefined) {
    const seen = domain === DATA_DOMAIN ? await openFitting(data, networks) : undefined;
    return domainOfOption(domain, seen);
  }
  if (box.endsWith(".json")) return domainOfOption(box, undefined, "--box");
  throw new ArgumentError(`--box ${quoteName(box)}: expected a .json file with lower and upper`);
}

function numberFrom0(text: string, option: string): number {
  const value = text.trim() === "" ? NaN : Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new ArgumentError(`${option} takes a number from 0, found "${plainText(text)}"`);
}

/** What results in JSON say of the box of the flags; `within` is what cut it around a point. */
export function domainForJson(
  domain: Domain,
  { center, centre = center, box, domain: within }: DomainFlags,
) {
  return {
    domain: domainName(domain),
    ...(centre === undefined ? {} : { within: box ?? within }),
    box: boxForJson(domain),
  };
}

/** A domain's ends, as results in JSON have them. */
function boxForJson({ kind, lower, upper }: Domain) {
  return kind === "inputs"
    ? { lower: Array.from(lower), upper: Array.from(upper) }
    : { lower, upper };
}

function readDomain(file: string, option: string): Domain {
  const place = `${option} ${quoteName(file)}`;
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
