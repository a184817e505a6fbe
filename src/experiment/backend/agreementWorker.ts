import { decideAgreement } from "../../analyse/agreement";
import { servePoints } from "./pointWorker";

void servePoints((x, { workspace, engines, domain, shouldStop }) =>
  decideAgreement(workspace, x, engines[0], { domain, shouldStop }),
);
