import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { packageRoot, packageVersion } from "../packageRoot";
import type { Dataset } from "../dataset/dataset";
import type { Network } from "../network/network";
import { networkChecksum } from "./appMaxExperiment";

/** One fact about where numbers come from. */
export interface ProvenanceFact {
  readonly what: string;
  readonly value: string;
}

/** What numbers were computed from. */
export interface ProvenanceInputs {
  readonly networks?: readonly Network[];
  readonly datasets?: readonly Dataset[];
  readonly seed?: number;
}

/**
 * Versions, commit, checksums and seed: what someone needs to get the same numbers. No times, no
 * paths.
 */
export function provenanceFacts(inputs: ProvenanceInputs = {}): ProvenanceFact[] {
  const { networks = [], datasets = [], seed } = inputs;
  const facts = [
    { what: "roundlab", value: readVersion(packageRoot()) },
    { what: "commit", value: commitOf(packageRoot()) },
    { what: "node", value: process.version },
    { what: "solver highs", value: readVersion(join(packageRoot(), "node_modules", "highs")) },
    ...networks.map((network) => ({
      what: `network ${network.name}, SHA-256 of parameters`,
      value: networkChecksum(network),
    })),
    ...networks.flatMap(({ name, assumptions = [] }) =>
      assumptions.map((value) => ({ what: `network ${name}, assumed`, value })),
    ),
    ...datasets.map(({ name, count, checksum }) => ({
      what: `data ${name} (${count} images), SHA-256`,
      value: checksum,
    })),
  ];
  return seed === undefined ? facts : [...facts, { what: "seed", value: String(seed) }];
}

function readVersion(folder: string): string {
  try {
    return packageVersion(folder);
  } catch {
    return "not found";
  }
}

function commitOf(folder: string): string {
  try {
    const run = (...words: string[]): string =>
      execFileSync("git", words, {
        cwd: folder,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
    // A folder inside somebody else's repository is not a checkout of ours.
    if (run("rev-parse", "--show-prefix").trim() !== "") return "not a checkout";
    return run("rev-parse", "--short=12", "HEAD").trim();
  } catch {
    return "not a checkout";
  }
}
