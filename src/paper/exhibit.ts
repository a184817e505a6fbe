import type { NamedColumn } from "../claim/column";
import { ownNetwork } from "./ownNetworks";
import type { Network } from "../network/network";
import type { DataFrame } from "../present/frame/frameType";
import type { Figure } from "../present/figure/figure";
import type { AgreementSource } from "./agreementSource";
import type { Finding } from "./findings";
import { originsFrame } from "./origins";
import type { RecheckChoice } from "./recheck";
import type { RowSource } from "./rowSource";

/** What an exhibit is made from; the package's networks and stored rows unless given. */
export interface ExhibitSources {
  /** Networks, or names for `loadNetwork`; an exhibit of one network takes the first. */
  readonly networks?: readonly (Network | string)[];
  /** Rows of AppMax. */
  readonly rows?: RowSource;
  /** Rows of classes. */
  readonly classes?: AgreementSource;
}

/** What `docs/reproduction.md` says of an exhibit. */
export interface JudgedExhibit {
  /** Which points it stands on, as sentences; empty where there is nothing to show. */
  readonly sample: string;
  readonly findings: readonly Finding[];
}

/** What every exhibit of the paper has, whatever its result is. */
export interface Exhibit {
  /** Of its notebook, and the name that commands take: `table-3`. */
  readonly name: string;
  readonly title: string;
  /** The named runs whose stored rows it stands on. */
  readonly runs: readonly string[];
  /** What each column of its frame holds, claims and means; none of pictures. */
  readonly columns?: readonly NamedColumn[];
  /** Loaded and judged, for all networks that it is shown for. */
  readonly judgeAll: (from?: ExhibitSources) => Promise<JudgedExhibit>;
  /**
   * Some of its stored rows, computed anew, as a table.
   *
   * @throws InvariantError if one of them comes out otherwise than it is stored
   */
  readonly recheck: (choice?: RecheckChoice) => Promise<DataFrame>;
  /** Which versions of the program made its stored rows, and how many rows are not used. */
  readonly origins: () => Promise<DataFrame>;
}

/** An exhibit with its result: loaded or computed, and set beside the paper's. */
export interface ExhibitOf<Result> extends Exhibit {
  /** From stored rows, or computed where there are none to store. */
  readonly load: (from?: ExhibitSources) => Promise<Result>;
  readonly judge: (result: Result) => Finding[];
}

/** A table of the paper. */
export interface TableExhibit<Result> extends ExhibitOf<Result> {
  readonly kind: "table";
  readonly columns: readonly NamedColumn[];
  readonly frame: (result: Result) => DataFrame;
}

/** A figure of the paper. */
export interface FigureExhibit<Result> extends ExhibitOf<Result> {
  readonly kind: "figure";
  readonly figure: (result: Result) => Figure;
}

/** The parts of an exhibit that its file gives. */
export interface ExhibitParts<Result> extends Pick<
  ExhibitOf<Result>,
  "name" | "title" | "runs" | "load" | "judge" | "recheck"
> {
  /** Which points a result stands on, as sentences; empty where there is nothing to show. */
  readonly describe: (result: Result) => string;
  /** The networks that an exhibit of one network is shown for. */
  readonly each?: readonly string[];
}

/** What all exhibits have, made from the parts of one. */
export function exhibitOf<Result>({
  describe,
  each,
  ...parts
}: ExhibitParts<Result>): ExhibitOf<Result> {
  const judgeOne = async (from?: ExhibitSources): Promise<JudgedExhibit> => {
    const result = await parts.load(from);
    const sample = describe(result);
    return { sample, findings: sample === "" ? [] : parts.judge(result) };
  };
  const judgeEach = async (names: readonly string[], from?: ExhibitSources) => {
    const chosen = from?.networks?.filter((network) => names.includes(nameOf(network))) ?? names;
    const judged = [];
    for (const network of chosen) judged.push(await judgeOne({ ...from, networks: [network] }));
    const samples = judged.map(({ sample }) => sample).filter((sample) => sample !== "");
    return { sample: samples.join(" "), findings: judged.flatMap(({ findings }) => findings) };
  };
  return {
    ...parts,
    judgeAll: (from) => (each === undefined ? judgeOne(from) : judgeEach(each, from)),
    origins: () => originsFrame(parts.runs),
  };
}

function nameOf(network: Network | string): string {
  return typeof network === "string" ? network : network.name;
}

/** The networks of a choice; both of the paper's unless it says otherwise. */
export function networksOf(
  from: ExhibitSources = {},
  names: readonly string[] = ["net1", "net2"],
): Promise<Network[]> {
  const chosen = from.networks ?? names;
  return Promise.all(chosen.map(async (one) => (typeof one === "string" ? ownNetwork(one) : one)));
}

/** The one network of an exhibit that shows one; Net1 unless the choice says otherwise. */
export async function networkOf(from: ExhibitSources = {}): Promise<Network> {
  const [network] = await networksOf(from, ["net1"]);
  return network;
}
