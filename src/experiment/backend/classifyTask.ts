/** Images that one thread classifies at a stretch. */
export interface ClassifyTask {
  /** Their indices in the data set, for messages. */
  readonly images: readonly number[];
  readonly points: readonly Float64Array[];
}

/** The class of each image of a task. */
export interface ClassifyAnswer {
  readonly classes: readonly number[];
  readonly milliseconds: number;
}
