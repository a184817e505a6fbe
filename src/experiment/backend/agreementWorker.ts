import { decideAgreement } from "../../analyse/agreement";
import type { AgreementSettings } from "../variant/runAgreement";
import { engineForSeries } from "./engines";
import { servePoints } from "./pointWorker";

void servePoints((x, { workspace, engines, domain, settings, shouldStop }) => {
  // The variant that names this file sends it these.
  const { limits } = settings as AgreementSettings;
  return decideAgreement(workspace, x, engineForSeries(engines), { domain, limits, shouldStop });
});
