import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { SANDBOX_VARIABLE, type Target, TARGET_VARIABLE, targetIn } from "@demarc/shared/stack";
import { CHARTS_PATH } from "../charts/repository";
import type { Layout } from "../layout";
import { addressOf } from "../providers/pins";
import type { Choice } from "./choice";

type Place = Pick<Layout, "target">;

/** What a synth finds the target by. */
export function targetVariables({ target }: Place): Record<string, string> {
  return { [SANDBOX_VARIABLE]: "1", [TARGET_VARIABLE]: target };
}

/** The target of the servers that run. @throws InvalidInput where there is none that a synth would take */
export function runningTarget(layout: Place): Target {
  return targetIn(targetVariables(layout));
}

/** Writes the target of servers that have started. @param eksUrl of their EKS API, which serves the stand-in charts */
export function writeTarget({ standIns, charts }: Choice, eksUrl: string, { target }: Place): void {
  const content: Target = {
    providers: Object.fromEntries(
      standIns.map((provider) => [provider.type, { source: addressOf(provider), version: provider.version }]),
    ),
    ...(charts === "stand-in" ? { charts: `${eksUrl}${CHARTS_PATH}` } : {}),
  };
  writeFileSync(`${target}.new`, JSON.stringify(content, undefined, 2));
  renameSync(`${target}.new`, target);
}

export function hasTarget({ target }: Place): boolean {
  return existsSync(target);
}

export function forgetTarget({ target }: Place): void {
  rmSync(target, { force: true });
}
