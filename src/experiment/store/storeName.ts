/** The data set of the paper's Table 5, which names of agreement runs leave out. */
const AGREEMENT_DATA = "mnist-test";

/**
 * What a person would call an experiment: `net1-half-mnist`, `net1-classify-paper-4`, which for the
 * named runs is their name but for a second pass, whose experiment differs from the first by its
 * limits alone. Made from the experiment and nothing else, so that every process finds the same;
 * that two experiments have the same name does no harm, since their keys differ.
 */
export function readableName(experiment: object): string {
  const { kind, network, approximation, dataset } = wordsOf(experiment);
  const words =
    kind === "classification"
      ? [network, "classify", approximation, dataset === AGREEMENT_DATA ? "" : dataset]
      : [network, approximation, dataset];
  const name = words
    .map(asFileName)
    .filter((word) => word !== "")
    .join("-");
  return name === "" ? "unnamed" : name;
}

/** Which kind of rows an experiment has, and by which version of its method: `appmax-1`. */
export function kindAndMethod(experiment: object): string {
  const { kind, method } = wordsOf(experiment);
  const words = [kind, method].map(asFileName).filter((word) => word !== "");
  return words.join("-") || "rows";
}

type Word = "kind" | "method" | "network" | "approximation" | "dataset";

/** The words of an experiment; empty where it has none. */
function wordsOf(experiment: object): Readonly<Record<Word, string>> {
  const known = new Map<string, unknown>(Object.entries(experiment));
  const word = (name: Word): string => {
    const value = known.get(name);
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  };
  return {
    kind: word("kind"),
    method: word("method"),
    network: word("network"),
    approximation: word("approximation"),
    dataset: word("dataset"),
  };
}

/** Longest part of a name: file systems take 255 bytes for all of it. */
const LONGEST = 60;

/** A word as every file system takes it: letters and digits, with `.`, `_` and `-` between them. */
function asFileName(word: string): string {
  return word
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9._-]+/g, "_")
    .replace(/^[._-]+|[._-]+$/g, "")
    .slice(0, LONGEST);
}
