import { TerraformDataSource, TerraformResource, type TerraformStack } from "cdktf";
import { isRecord } from "../json";
import type { JudgedStack } from "./condition";
import { lookups, rightTo, workspacesWithRightTo } from "./rights";
import type { Workspace } from "./workspaces";

/** A stack of a workspace, whose constructs are judged. */
export interface OwnedStack extends JudgedStack, TerraformStack {
  readonly workspace: Workspace;
}

/** Every resource and look-up of a stack that its workspace has no right to: resource, rule and way out, a line each. */
export function checkOwnership(stack: OwnedStack): string[] {
  const synthesized: unknown = stack.toTerraform();
  return stack.node.findAll().flatMap((construct) => {
    if (construct instanceof TerraformResource) return resourceProblems(stack, construct, synthesized);
    if (construct instanceof TerraformDataSource) return lookupProblems(stack, construct);
    return [];
  });
}

function resourceProblems(stack: OwnedStack, resource: TerraformResource, synthesized: unknown): string[] {
  const { kind, name } = stack.workspace;
  const type = resource.terraformResourceType;
  const right = rightTo(kind, type);
  if (right === undefined) {
    const owners = workspacesWithRightTo(type).join(" or ");
    return [
      `${resource.node.path}: ${name} may not create ${type}; ${owners === "" ? "no workspace may" : `it belongs to ${owners}`} (packages/shared/src/ownership/rights.ts)`,
    ];
  }
  const { provided } = right;
  if (provided === undefined) return [];
  const faults = provided.faults(attributesOf(synthesized, resource), stack);
  if (faults.length === 0) return [];
  return [`${resource.node.path}: ${type} is not as ${name} may create it (${faults.join("; ")}): ${provided.rule}`];
}

function lookupProblems(stack: OwnedStack, lookup: TerraformDataSource): string[] {
  const { kind, name } = stack.workspace;
  const type = lookup.terraformResourceType;
  if (lookups[kind].includes(type)) return [];
  return [
    `${lookup.node.path}: ${name} may not look up ${type}; consume the contract of the workspace that owns it, or have it publish one`,
  ];
}

/** The arguments as Terraform gets them: names in snake case, tokens as references. */
function attributesOf(synthesized: unknown, resource: TerraformResource): Readonly<Record<string, unknown>> {
  const byType = field(field(synthesized, "resource"), resource.terraformResourceType);
  const attributes = field(byType, resource.friendlyUniqueId);
  return isRecord(attributes) ? attributes : {};
}

function field(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : undefined;
}
