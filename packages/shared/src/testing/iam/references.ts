import { arn, EVERY_TEAM, type Place, USED_BY } from "../../environment";
import { isRecord } from "../../json";
import type { SynthesizedStack } from "../synthesized";

/** What Terraform would know: where a stack is deployed, and what the stacks that it reads publish. */
export interface Deployed {
  readonly place: Place;
  readonly stack: SynthesizedStack;
  /** Stacks whose contracts it consumes. What none of them publishes gets a sample. */
  readonly producers: readonly SynthesizedStack[];
  /** Values by the end of the reference: `{ queueArn: "arn:aws:sqs:…" }`. They win over what is made up. */
  readonly samples: Readonly<Record<string, string>>;
}

/** ARNs that contracts publish, by output: the service and what is named. Anything else that is published is a word. */
const published: Readonly<Record<string, readonly [service: string, resource: string]>> = {
  certificateArn: ["acm", "certificate/sample"],
  databaseMasterSecretArn: ["secretsmanager", "secret:rds!db-sample-AbCdEf"],
  databaseMasterSecretKeyArn: ["kms", "key/sample-database"],
  oidcProviderArn: ["iam", "oidc-provider/sample"],
  podLogGroupArn: ["logs", "log-group:sample-pods"],
  queueArn: ["sqs", "sample-queue"],
  queueKeyArn: ["kms", "key/sample-queue"],
  volumeKeyArn: ["kms", "key/sample-volumes"],
  webAclArn: ["wafv2", "regional/webacl/sample/1"],
  zoneArn: ["route53", "hostedzone/SAMPLE"],
};

/** Tags that the samples of what all teams share have, as infra's own have them. */
export function tagsOfSample(resource: string, place: Place): Readonly<Record<string, string>> {
  const shared = (["queueArn", "queueKeyArn"] as const).map((output) => sampleOf(output, place));
  return shared.includes(resource) ? { [USED_BY]: EVERY_TEAM } : {};
}

/** ARNs of resources, by type: the service, what stands before the name, and the argument that is the name, if any is. */
const made: Readonly<Record<string, readonly [service: string, prefix: string, argument?: string]>> = {
  aws_cloudwatch_log_group: ["logs", "log-group:", "name"],
  aws_iam_role: ["iam", "role/", "name"],
  aws_kms_key: ["kms", "key/"],
  aws_s3_bucket: ["s3", "", "bucket"],
  aws_sqs_queue: ["sqs", "", "name"],
};

/**
 * A text of a stack as AWS would get it: each reference of Terraform is replaced by a concrete sample, the same each time, and
 * `$${…}` is the variable of IAM that it stands for.
 */
export function resolved(text: string, deployed: Deployed): string {
  return text.replace(/\$?\$\{([^}]*)\}/g, (whole, reference: string) => {
    if (whole.startsWith("$$")) return whole.slice(1);
    // A test may ask for a variable of IAM as it is; no reference of Terraform has a colon.
    return reference.includes(":") ? whole : valueOf(reference, deployed);
  });
}

function valueOf(reference: string, deployed: Deployed): string {
  const given = Object.entries(deployed.samples).find(([end]) => reference.endsWith(end));
  if (given !== undefined) return given[1];
  const [, contract, output] = /^data\.terraform_remote_state\.[^.]+\.outputs\.(\w+)\.(.+)$/.exec(reference) ?? [];
  if (contract !== undefined && output !== undefined) return outputOf(contract, output, deployed);
  const [, type, label, attribute] = /^(?:data\.)?(\w+)\.([\w-]+)\.(.+)$/.exec(reference) ?? [];
  if (type !== undefined && label !== undefined && attribute === "arn") return arnOf(type, label, deployed);
  return word(reference);
}

function outputOf(contract: string, output: string, { producers, ...deployed }: Deployed): string {
  for (const stack of producers) {
    const values = stack.outputs[contract];
    const value = isRecord(values) ? values[output] : undefined;
    // What the provider makes up, such as the id of a database, is a sample again.
    if (typeof value === "string" && !value.includes("[")) return resolved(value, { ...deployed, stack, producers });
  }
  const sample = sampleOf(output, deployed.place);
  if (sample !== undefined) return sample;
  if (output.endsWith("Arn"))
    throw new Error(`what kind of ARN is ${contract}.${output}? Give one as samples: { ${output}: "arn:…" }`);
  return word(output);
}

function sampleOf(output: string, place: Place): string | undefined {
  const [service, resource] = published[output] ?? [];
  return service === undefined || resource === undefined ? undefined : arn(place, service, resource);
}

function arnOf(type: string, label: string, { place, stack }: Deployed): string {
  const [service, prefix, argument] = made[type] ?? [];
  if (service === undefined || prefix === undefined)
    throw new Error(`what is the ARN of ${type}.${label}? Give one as samples: { "${label}.arn": "arn:…" }`);
  const name = argument === undefined ? undefined : stack.labelled(type, label)?.[argument];
  return arn(place, service, `${prefix}${typeof name === "string" ? name : label}`);
}

/** Letters, digits and dashes: what stands for an id that only AWS knows. */
function word(reference: string): string {
  return `sample-${reference.replace(/[^\w]+/g, "-")}`;
}
