import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dev } from "@demarc/shared/testing";
import type { Setting } from "../setting";

/** What a caller asks AWS beside states: each policy is there, and no log group came back. */
export const asked = {
  policies: { exists: () => Promise.resolve(true) },
  who: () => Promise.resolve("arn:aws:iam::123456789012:user/ada"),
  logGroups: { looks: [], isBare: () => Promise.resolve(false), delete: () => Promise.resolve() },
};

/**
 * A setting of dev without apps, where nobody sits at a terminal. Without a PATH to Terraform, nothing that is begun by mistake goes
 * far.
 * @returns with it what was said
 */
export function settingOf(given: Pick<Setting, "states"> & Partial<Setting>): Setting & { readonly said: string[] } {
  const said: string[] = [];
  return {
    environments: [dev],
    apps: [],
    projects: [],
    variables: { PATH: "/usr/bin:/bin" },
    root: mkdtempSync(path.join(tmpdir(), "demarc-root-")),
    home: mkdtempSync(path.join(tmpdir(), "demarc-deploy-")),
    ...asked,
    commit: undefined,
    terminal: false,
    say: (line) => said.push(line),
    ...given,
    said,
  };
}
