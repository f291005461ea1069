import { chmodSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Layout } from "./layout";
import { quoted } from "./shell";

/** The sandbox's own `aws`, at an address that stays while Python's packages come and go: kubeconfigs name it. */
export function awsCli({ bin }: Layout): string {
  return path.join(bin, "aws");
}

/**
 * awscli 1 leads SQS, RDS and others past AWS_ENDPOINT_URL to hosts of AWS, whose certificates very old Pythons could read: from
 * here nothing may go to AWS.
 */
const PROGRAM = [
  "import sys",
  "from awscli.customizations.overridesslcommonname import SSL_COMMON_NAMES",
  "SSL_COMMON_NAMES.clear()",
  "from awscli.clidriver import main",
  "sys.exit(main())",
].join("; ");

/**
 * Puts the sandbox's own `aws` where everything that it runs looks first: stacks ask it for the tokens of a cluster, and this
 * machine may have none, or one whose answers differ.
 * @param python a Python that has awscli among its packages
 */
export function placeAwsCli(python: string, layout: Layout): void {
  mkdirSync(layout.bin, { recursive: true });
  const file = awsCli(layout);
  // Isolated: nothing of the caller's folder, PYTHONPATH or user packages may take a module's place.
  writeFileSync(`${file}.new`, `#!/bin/sh\nexec ${quoted(python)} -I -c ${quoted(PROGRAM)} "$@"\n`);
  chmodSync(`${file}.new`, 0o755);
  renameSync(`${file}.new`, file);
}
