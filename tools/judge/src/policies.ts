import {
  createValidatedPolicy,
  validateIdentityPolicy,
  validateResourcePolicy,
  validateSessionPolicy,
  validateTrustPolicy,
  type ValidatedPolicy,
} from "@cloud-copilot/iam-policy";
import { UnanswerableError } from "./unanswerable";

/** A policy as JSON. What is not a policy of IAM is refused when it is asked about. */
export type PolicyDocument = object;

/** A policy and the name that a verdict calls it by: its ARN, or the inline policy's name. */
export interface NamedPolicy {
  readonly name: string;
  readonly policy: PolicyDocument;
}

/** Which rules a policy must keep to: AWS takes other elements in each. */
export type PolicyKind = keyof typeof validators;

export type LoadedPolicy = ValidatedPolicy<{ name: string }>;

const validators = {
  identity: validateIdentityPolicy,
  resource: validateResourcePolicy,
  session: validateSessionPolicy,
  trust: validateTrustPolicy,
};

/** The same document object is checked once: a judge is asked thousands of questions about a dozen policies. */
const checked = new WeakMap<PolicyDocument, Map<string, LoadedPolicy>>();

/** @throws UnanswerableError that lists every fault of the policy, each with its path */
export function loadPolicy(kind: PolicyKind, { name, policy }: NamedPolicy): LoadedPolicy {
  const known = checked.get(policy) ?? new Map<string, LoadedPolicy>();
  checked.set(policy, known);
  const id = `${kind} ${name}`;
  const loaded = known.get(id) ?? createValidatedPolicy(policy, validators[kind], { name });
  known.set(id, loaded);
  if (loaded.errors.length > 0) throw new UnanswerableError(faults(name, loaded));
  return loaded;
}

function faults(name: string, { errors }: LoadedPolicy): string {
  const lines = errors.map(({ path, message }) => `  ${path || "(root)"}: ${message}`);
  return `policy "${name}" is not one that AWS takes (${errors.length} problems):\n${lines.join("\n")}`;
}
