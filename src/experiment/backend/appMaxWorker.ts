import { appMax } from "../../analyse/appMax";
import { servePoints } from "./pointWorker";

void servePoints((x, { workspace, engines, domain, shouldStop }) =>
  appMax(workspace, x, engines, { domain, shouldStop }),
);
