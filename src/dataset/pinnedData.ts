/**
 * A data set that stored runs are on, known without its files: 11 MB that not every machine has.
 */
export interface PinnedData {
  readonly name: "mnist" | "mnist-test";
  readonly count: number;
  /** What `Dataset.checksum` is once the files are open. */
  readonly checksum: string;
}

/** The data sets of the named runs. A test compares them with the real files where these are. */
export const PINNED_DATA: Readonly<Record<PinnedData["name"], PinnedData>> = {
  mnist: {
    name: "mnist",
    count: 70000,
    checksum: "c2069063c1105f2bf96266aef1ff68c6e13bdda7a54e37bf19c16f1db24efc83",
  },
  "mnist-test": {
    name: "mnist-test",
    count: 10000,
    checksum: "c3f9adf9c66efb572b1f9326c3a511b45910c7173b97be66ceceeeeaef6b802b",
  },
};
