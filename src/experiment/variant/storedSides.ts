import { boundMethodOf } from "../../analyse/bound/methods";
import { boxOver } from "../../analyse/box";
import { PIXEL_DOMAIN } from "../../analyse/domain";
import type { Twins } from "../../analyse/twin";
import type { Network } from "../../network/network";
import { loadKernels } from "../../numeric/loadKernels";
import { approximationOf } from "../approximationOf";
import { networkChecksum } from "../appMaxExperiment";
import { resultsFolder } from "../loadRuns";
import { sessionFacts } from "../sessionFacts";
import { openRunStore, readRows } from "../store/store";
import { findStore } from "../store/storePlace";
import { checksumsOf, twinChecksum, type TwinChecksums } from "../twinChecksum";
import { worstExperiment, type WorstRound } from "./runWorst";

/** Everything that decides a bound over a whole domain. */
export interface BoundExperiment extends TwinChecksums {
  readonly kind: "bound";
  readonly method: number;
  readonly network: string;
  readonly approximation: string;
  readonly domain: string;
}

/** A bound of E, as it is stored: the one line of its run. */
export interface StoredBound {
  readonly item: 0;
  /** No input of the domain has a larger E, in real arithmetic. */
  readonly upper: number;
  /** What proved it. */
  readonly proved: string;
  readonly milliseconds: number;
}

/** Both sides of the largest E over [0, 1] for every input, as far as they are stored. */
export interface StoredSides {
  /** The most that was found, with its input: attained. */
  readonly found: WorstRound | undefined;
  readonly bound: StoredBound | undefined;
  /** How many rounds of a search are stored. */
  readonly rounds: number;
}

/** Raised whenever the tightest bound there is becomes another. */
const BOUND_METHOD = 1;

/** How stored searches are made: rounds of these. */
export const STORED_SEARCH = {
  domain: PIXEL_DOMAIN.kind,
  goal: "error",
  search: "smooth",
  starts: 16,
  polytopes: 30,
  seed: 0,
} as const;

function boundExperiment(
  network: string,
  approximation: string,
  checksums: TwinChecksums,
): BoundExperiment {
  const domain = PIXEL_DOMAIN.kind;
  return { kind: "bound", method: BOUND_METHOD, network, approximation, domain, ...checksums };
}

/**
 * What is stored of a network and its twin over [0, 1] for every input.
 *
 * @throws StoreError if a line of it is damaged
 */
export function storedSides(
  network: Network,
  approximation: string,
  folder = resultsFolder(),
): StoredSides {
  const checksum = networkChecksum(network);
  const checksums = {
    networkChecksum: checksum,
    approximatedChecksum: twinChecksum(network, approximation, checksum),
  };
  const { name } = network;
  const facts = { network: name, approximation, ...STORED_SEARCH };
  const rounds = rowsOf<WorstRound>(folder, worstExperiment(facts, checksums));
  const [bound] = rowsOf<StoredBound>(folder, boundExperiment(name, approximation, checksums));
  const found = rounds.reduce<WorstRound | undefined>(
    (best, next) => (best === undefined || next.value > best.value ? next : best),
    undefined,
  );
  return { found, bound, rounds: rounds.length };
}

function rowsOf<Row>(folder: string, experiment: object): Row[] {
  const place = findStore(folder, experiment);
  return place === undefined ? [] : readRows<Row>(place);
}

/** Proves the tightest bound over [0, 1] there is and stores it, unless it is stored already. */
export function storeBound(twins: Twins, folder = resultsFolder()): StoredBound {
  const { network } = twins;
  const experiment = boundExperiment(network.name, approximationOf(twins), checksumsOf(twins));
  const store = openRunStore<StoredBound>(folder, experiment, { sessionFacts: sessionFacts(1) });
  try {
    const [known] = store.rows;
    if (known !== undefined) return known;
    const start = performance.now();
    const box = boxOver(PIXEL_DOMAIN, network.inputSize);
    const { total, method } = boundMethodOf("tightest")(twins, box, { kernels: loadKernels() });
    const milliseconds = Math.round(performance.now() - start);
    const row = { item: 0, upper: total.upper, proved: method, milliseconds } as const;
    store.append(row);
    return row;
  } finally {
    store.close();
  }
}
