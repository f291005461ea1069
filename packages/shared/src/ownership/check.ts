import type { TerraformStack } from "cdktf";
import { isRecord } from "../json";
import { type Arguments, type JudgedStack, type Resources, shown } from "./condition";
import { differences } from "./difference";
import { readingFunctions } from "./local-files";
import { metaProblems } from "./meta-arguments";
import { remoteStateFaults } from "./remote-states";
import { elsewhere, ownersOf, rightTo } from "./rights";
import { blocks, unknownSections } from "./sections";
import { sharedObjects, sharedSecrets } from "./shared-secrets";

/** A stack as its base class makes it, with nothing in it: what it must be, whatever an app adds. */
export interface BaseStack extends JudgedStack, TerraformStack {}

/**
 * Everything in a synthesized stack that its workspace has no right to: place, rule and way out, a line each. It reads what Terraform
 * reads, after every override, aspect and escape hatch, and holds it to an allow-list: what is not on it is refused.
 * @param json content of its cdk.tf.json
 * @param base the same stack with nothing in it
 */
export function checkOwnership(json: unknown, base: BaseStack): string[] {
  const { id } = base.node;
  if (!isRecord(json)) return [`${id}: its cdk.tf.json is no JSON object`];
  const { name, kind } = base.workspace;
  const data = blocks(json, "data");
  const resource = blocks(json, "resource");
  return [
    ...unknownSections(json, kind).map(
      (section) => `${id}: ${name} may not write ${section}; a stack is made of data, resources and outputs`,
    ),
    ...[...data.misshapen, ...resource.misshapen].map(
      (place) => `${id}: ${place} is not an object, as CDKTF writes it`,
    ),
    ...nameProblems(base),
    ...baseProblems(json, base),
    ...providerProblems(json, [...Object.keys(data.found), ...Object.keys(resource.found)], id),
    ...[...new Set(readingFunctions(json))].map(
      (name) =>
        `${id}: no ${name}(…): it reads files where Terraform runs; read what belongs to the stack when it is synthesized`,
    ),
    ...each(data.found, (type, block, path) => [
      ...lookupProblems(type, block, path, base, resource.found),
      ...sharedSecrets("data", type, block, path, base),
    ]),
    ...each(resource.found, (type, block, path) => [
      ...resourceProblems(type, block, path, base, resource.found),
      ...sharedSecrets("resource", type, block, path, base),
    ]),
    ...sharedObjects(json, id, base),
  ];

  function each(found: Resources, problemsOf: (type: string, block: Arguments, path: string) => string[]): string[] {
    return Object.entries(found).flatMap(([type, named]) =>
      Object.entries(named).flatMap(([blockName, block]) =>
        problemsOf(type, block, pathOf(block) ?? `${id}/${type}.${blockName}`),
      ),
    );
  }
}

/** An app has one stack a cluster, of its own name: every other name is the place of another app's state. */
function nameProblems({ node, workspace: { kind, name }, stackName }: BaseStack): string[] {
  if (kind !== "apps" || stackName === name) return [];
  return [
    `${node.id}: ${name} may not have the stack "${stackName}": an app's stack bears the app's name (ApplicationStack)`,
  ];
}

/** Providers, their versions and the backend are what the base stack configures, to the letter. */
function baseProblems(json: Arguments, base: BaseStack): string[] {
  const expected: unknown = JSON.parse(JSON.stringify(base.toTerraform()));
  return (["terraform", "provider"] as const).flatMap((section) =>
    differences(json[section], isRecord(expected) ? expected[section] : undefined, section).map(
      (difference) => `${base.node.id}: ${difference}; leave it to the base stack (packages/shared/src/stack)`,
    ),
  );
}

/** Terraform's own, which has no configuration. */
const BUILT_IN = "terraform";

/** For a provider that is nowhere configured, Terraform takes its newest version, and asks the shell where to go and as whom. */
function providerProblems({ provider }: Arguments, types: readonly string[], id: string): string[] {
  const configured = isRecord(provider) ? provider : {};
  return types
    .map((type) => ({ type, named: type.split("_", 1)[0] ?? "" }))
    .filter(({ named }) => named !== BUILT_IN && !Object.hasOwn(configured, named))
    .map(
      ({ type, named }) =>
        `${id}: ${type} is of provider ${named}, which this stack has no configuration of; make it in a stack of the base class that has one (packages/shared/src/stack)`,
    );
}

function lookupProblems(
  type: string,
  lookup: Arguments,
  path: string,
  stack: BaseStack,
  resources: Resources,
): string[] {
  const { kind, name } = stack.workspace;
  const wayOut = "consume the contract of the workspace that owns it, or have it publish one";
  if (type === "terraform_remote_state") {
    return remoteStateFaults(lookup, stack).map(
      (fault) => `${path}: ${name} may not read this state (${fault}); ${wayOut}`,
    );
  }
  const right = rightTo("look up", kind, type, stack.environment);
  if (right === undefined) {
    const place = elsewhere("look up", kind, type, stack.environment);
    const where = place === undefined ? "" : `; it is for ${kind} ${place}`;
    return [`${path}: ${name} may not look up ${type}${where}; ${wayOut}`];
  }
  const { provided } = right;
  const meta = metaProblems(lookup, path);
  if (provided === undefined) return meta;
  const faults = provided.faults(lookup, stack, resources);
  return [...meta, ...faults.map((fault) => `${path}: ${name} looks up ${type} ${fault}; ${provided.rule}`)];
}

function resourceProblems(
  type: string,
  block: Arguments,
  path: string,
  stack: BaseStack,
  resources: Resources,
): string[] {
  const { kind, name } = stack.workspace;
  const right = rightTo("create", kind, type, stack.environment);
  if (right === undefined) {
    const owners = ownersOf(type, stack.environment);
    return [
      `${path}: ${name} may not create ${type}; ${owners === "" ? "no workspace may" : `it belongs to ${owners}`} (packages/shared/src/ownership/rights.ts)`,
    ];
  }
  const { provided } = right;
  const meta = metaProblems(block, path);
  if (provided === undefined) return meta;
  // It would write blocks that no rule has looked at.
  if (block["dynamic"] !== undefined) return [...meta, `${path}: ${type} may not have dynamic blocks; write them out`];
  const faults = [...provided.faults(block, stack, resources), ...ignoranceFaults(block, provided.ignorable)];
  if (faults.length === 0) return meta;
  return [...meta, `${path}: ${type} is not as ${name} may create it (${faults.join("; ")}): ${provided.rule}`];
}

/** A change that Terraform ignores leaves in place what the rule would no longer let in. */
function ignoranceFaults({ lifecycle = {} }: Arguments, ignorable: readonly string[] = []): string[] {
  if (!isRecord(lifecycle)) return ["its lifecycle is not one object, as CDKTF writes it"];
  const { ignore_changes: ignored = [] } = lifecycle;
  const places: unknown[] = Array.isArray(ignored) ? ignored : [ignored];
  return places
    .filter((place) => typeof place !== "string" || !ignorable.includes(/^\w+/.exec(place)?.[0] ?? ""))
    .map((place) => `it may not ignore changes of ${shown(place)}`);
}

/** Where the construct stands, as CDKTF notes it; what was written by an override has no such note. */
function pathOf(block: Arguments): string | undefined {
  const note = block["//"];
  const metadata = isRecord(note) ? note["metadata"] : undefined;
  const path = isRecord(metadata) ? metadata["path"] : undefined;
  return typeof path === "string" ? path : undefined;
}
