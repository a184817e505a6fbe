import { walkAt } from "../../analyse/worst/walkAt";
import type { WalkSettings } from "../variant/runWalk";
import { servePoints } from "./pointWorker";

void servePoints((x, { workspace, engines, domain, settings, shouldStop }) => {
  // The variant that names this file sends it these.
  const { polytopes } = settings as WalkSettings;
  return walkAt(workspace, x, engines, { domain, polytopes, shouldStop });
});
