import { findAgreement } from "../experiment/loadRuns";
import type { AgreementRow } from "../experiment/variant/runAgreement";
import type { Network } from "../network/network";

/** Gives the stored rows of an agreement run; none where nothing is stored. */
export type AgreementSource = (run: string, network: Network) => readonly AgreementRow[];

/** The rows that stand in the package's results. */
export const storedAgreements: AgreementSource = (run, network) =>
  findAgreement(run, network)?.rows ?? [];
