import { packageRoot, packageVersion } from "../packageRoot";

/** The version in the package's own package.json. */
export function version(): string {
  return packageVersion(packageRoot());
}
