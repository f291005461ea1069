import { readFileSync } from "node:fs";
import type { App } from "cdktf";
import type { IConstruct } from "constructs";
import { z } from "zod";
import { InvalidInput, parse } from "../environment";

/** Set to 1 by the sandbox in the environment of all that it runs: only then may a synth or deploy aim elsewhere than at AWS. */
export const SANDBOX_VARIABLE = "DEMARC_SANDBOX";

/** Names the JSON file of the sandbox's target. */
export const TARGET_VARIABLE = "DEMARC_TARGET";

const provider = z.strictObject({
  /** Full address, such as demarc.local/sandbox/helm. */
  source: z.string().regex(/^[a-z0-9.-]+(:\d+)?\/[\w-]+\/[\w-]+$/, "must be an address: host/namespace/type"),
  version: z.string().regex(/^\d+\.\d+\.\d+$/, "must be one version, such as 2.38.0"),
});

const schema = z.strictObject({
  /** By the name that resources know a provider by. @default the providers that the stacks pin */
  providers: z.strictObject({ kubernetes: provider.optional(), helm: provider.optional() }).default({}),
  /** A repository on this machine that has every chart. @default each chart's own, or the settings' mirror */
  charts: z
    .string()
    .regex(
      /^http:\/\/127\.0\.0\.1:\d+(\/\S*)?$/,
      "must be a chart repository on this machine: http://127.0.0.1:<port>/…",
    )
    .optional(),
});

/** What takes the place of real providers and charts in a sandbox that cannot have them. Nothing else in a stack depends on it. */
export type Target = z.output<typeof schema>;

/** Real AWS, with the providers that the stacks pin and the charts that the settings name. */
export const REAL: Target = { providers: {} };

/**
 * The target that the environment variables give.
 * @throws InvalidInput where there is one outside the sandbox, or its file is not valid
 */
export function targetIn(variables: Readonly<Record<string, string | undefined>>): Target {
  const file = variables[TARGET_VARIABLE];
  if (file === undefined || file === "") return REAL;
  if (variables[SANDBOX_VARIABLE] !== "1") {
    throw refused(
      `"${file}" is a sandbox's target, and outside the sandbox every stack has the providers and charts that it pins; unset ${TARGET_VARIABLE}, or use npm run sandbox`,
    );
  }
  return parse(`the target ${file}`, schema, read(file));
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw refused(`"${file}" cannot be read (${String(error)}); start the sandbox, which writes it: npm run sandbox`);
  }
}

function refused(message: string): InvalidInput {
  return new InvalidInput([{ subject: TARGET_VARIABLE, problems: [{ path: "", message }] }]);
}

const targets = new WeakMap<IConstruct, Target>();

/** Makes everything in an app for that target. */
export function aim(app: App, target: Target): void {
  targets.set(app, target);
}

/** The target of the app that a construct is in. */
export function targetOf(construct: IConstruct): Target {
  return targets.get(construct.node.root) ?? REAL;
}
