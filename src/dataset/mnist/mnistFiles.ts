/** One of the files that make up a data set in IDX form. */
export interface DatasetFile {
  /** The original name, without `.gz`. */
  readonly name: string;
  readonly role: string;
  readonly dims: readonly number[];
  /**
   * SHA-256 of the unpacked content; packed copies differ between mirrors, the content does not.
   */
  readonly sha256: string;
}

/** A part of MNIST: its images and its labels. */
export interface DatasetPart {
  readonly images: DatasetFile;
  readonly labels: DatasetFile;
}

/** The four original files of MNIST (LeCun, Cortes, Burges). */
export const MNIST_FILES: Readonly<Record<"train" | "test", DatasetPart>> = {
  train: {
    images: {
      name: "train-images-idx3-ubyte",
      role: "MNIST training images",
      dims: [60000, 28, 28],
      sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    },
    labels: {
      name: "train-labels-idx1-ubyte",
      role: "MNIST training labels",
      dims: [60000],
      sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    },
  },
  test: {
    images: {
      name: "t10k-images-idx3-ubyte",
      role: "MNIST test images",
      dims: [10000, 28, 28],
      sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    },
    labels: {
      name: "t10k-labels-idx1-ubyte",
      role: "MNIST test labels",
      dims: [10000],
      sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    },
  },
};
