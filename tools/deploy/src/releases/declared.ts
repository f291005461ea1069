import { readFileSync } from "node:fs";
import path from "node:path";
import { isRecord } from "@demarc/shared/json";
import { z } from "zod";
import { type DeployableStack, remoteStates } from "../stacks";
import type { States } from "../states";

/** A Helm release that a stack declares. */
export interface DeclaredRelease {
  readonly name: string;
  readonly namespace: string;
}

/** What a stack says of Helm: which releases it has, and how its provider reaches the cluster. */
export interface DeclaredReleases {
  readonly releases: readonly DeclaredRelease[];
  readonly connection: {
    /** URL of the API server. */
    readonly host: string;
    /** PEM. */
    readonly certificateAuthority: string;
    /** Program that prints a token, as an ExecCredential. */
    readonly command: string;
    readonly args: readonly string[];
  };
}

const anyRelease = z.object({ resource: z.object({ helm_release: z.looseObject({}) }) });
const declared = z.object({
  provider: z.object({
    helm: z.tuple([
      z.object({
        kubernetes: z.object({
          host: z.string(),
          cluster_ca_certificate: z.string(),
          exec: z.object({ command: z.string(), args: z.array(z.string()) }),
        }),
      }),
    ]),
  }),
  data: z.object({ terraform_remote_state: remoteStates }),
  resource: z.object({
    helm_release: z.record(z.string(), z.object({ name: z.string(), namespace: z.string() })),
  }),
});

/** Outputs of a stack's contracts, by the name of the remote state that they are read from. */
type Outputs = Readonly<Record<string, unknown>>;

/**
 * The Helm releases of a stack, with what contracts say put in.
 * @returns undefined where it has none, or what it reads is not deployed: there is no cluster then
 */
export async function declaredReleases(stack: DeployableStack, states: States): Promise<DeclaredReleases | undefined> {
  const json: unknown = JSON.parse(readFileSync(path.join(stack.directory, "cdk.tf.json"), "utf8"));
  if (!anyRelease.safeParse(json).success) return undefined;
  const parsed = declared.parse(json);
  const outputs: Record<string, unknown> = {};
  for (const [name, address] of Object.entries(parsed.data.terraform_remote_state)) {
    const found = await states.outputs(address);
    if (found === undefined || Object.keys(found).length === 0) return undefined;
    outputs[name] = found;
  }
  const { host, cluster_ca_certificate, exec } = parsed.provider.helm[0].kubernetes;
  const known = (text: string) => resolved(text, outputs);
  return {
    releases: Object.values(parsed.resource.helm_release).map(({ name, namespace }) => ({
      name: known(name),
      namespace: known(namespace),
    })),
    connection: {
      host: known(host),
      certificateAuthority: known(cluster_ca_certificate),
      command: exec.command,
      args: exec.args.map(known),
    },
  };
}

/** `${data.terraform_remote_state.<name>.outputs.<path>}`, alone or within base64decode: all that a stack takes from a contract. */
const REFERENCE = /\$\{(base64decode\()?data\.terraform_remote_state\.([\w-]+)\.outputs\.([\w.\-"[\]]+)\)?\}/g;

/** A text with what contracts say put in, as Terraform does. @throws Error where it refers to anything else */
function resolved(text: string, outputs: Outputs): string {
  const result = text.replaceAll(REFERENCE, (reference, decode: string | undefined, name: string, place: string) => {
    const keys = place.replaceAll(/\["([^"]*)"\]/g, ".$1").split(".");
    const value = keys.reduce((within: unknown, key) => at(within, key), outputs[name]);
    if (typeof value !== "string") throw new Error(`${reference} is no text in the state of its producer`);
    return decode === undefined ? value : Buffer.from(value, "base64").toString("utf8");
  });
  if (result.includes("${")) throw new Error(`${text} refers to more than contracts`);
  return result;
}

function at(within: unknown, key: string): unknown {
  return isRecord(within) && Object.hasOwn(within, key) ? within[key] : undefined;
}
