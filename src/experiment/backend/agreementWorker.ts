import { decideAgreement } from "../../analyse/agreement";
import { engineForSeries } from "./engines";
import { servePoints } from "./pointWorker";

void servePoints((x, { workspace, engines, domain, shouldStop }) =>
  decideAgreement(workspace, x, engineForSeries(engines), { domain, shouldStop }),
);
