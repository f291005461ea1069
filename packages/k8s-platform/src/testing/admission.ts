import { celEnv, type CelInput, isCelError, parse, plan } from "@bufbuild/cel";
import { z } from "zod";
import { policies } from "../tenancy/policies";
import { CLEAN_UP } from "../tenancy/policies/manifest";
import type { AdmissionPolicy, PolicyContext } from "../tenancy/policies/policy";

/** An environment of two teams, of which only the first has exceptions. */
export const CONTEXT: PolicyContext = {
  exposures: [{ kind: "alb-ingress", scheme: "internet-facing" }],
  bindsTargetGroups: true,
  bindingsOpenPods: true,
  hosts: { "petstore.dev.example.com": "pets", "pets.dev.example.com": "pets", "storefront.dev.example.com": "shop" },
  ingressClasses: { pets: "alb-pets", shop: "alb-shop" },
  loadBalancerCidrs: "'10.1.0.0/24','10.1.8.0/24'",
  records: [{ "external-dns.demarc/set-identifier": "dev-a-alb-ingress", "external-dns.demarc/aws-weight": "100" }],
  serviceLoadBalancerClass: undefined,
  teamGroups: ["demarc:pets", "demarc:shop"],
  workloads: {
    registries: ["registry.example.com/pets", "ghcr.io:443"],
    teams: {
      pets: {
        mutableImages: [{ image: "registry.example.com/pets/petstore:unstable" }, { image: "quay.io/pets/tool:*" }],
        tolerations: [{ key: "example.com/gpu", value: "pets", effect: "NoSchedule" }, { key: "example.com/spot" }],
        longestGraceSeconds: 900,
      },
      shop: { mutableImages: [], tolerations: [], longestGraceSeconds: 600 },
    },
  },
};

/** What somebody asks the API server for. */
export interface AdmissionRequest {
  /** The object as it is to be. @default none: a deletion */
  readonly object?: unknown;
  /** The object as it is. @default none: a creation */
  readonly oldObject?: unknown;
  /** Groups of who asks. @default a team's */
  readonly groups?: readonly string[];
  /** User. @default a person of a team's */
  readonly username?: string;
  /** Namespace. @default the object's, else that of team pets */
  readonly namespace?: string;
  /** Data of the ConfigMap that the policy's parameters are. @default none */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Plural of the kind. @default "configmaps" */
  readonly resource?: string;
}

/** Messages of the rules that refuse a request, as the API server would find them; an expression that fails refuses too. */
export function refusals(name: string, request: AdmissionRequest, changed: Partial<PolicyContext> = {}): string[] {
  const policy = policies({ ...CONTEXT, ...changed }).find((it) => it.name === `demarc-${name}`);
  if (policy === undefined) throw new Error(`there is no policy ${name}`);
  const bindings = bindingsOf(policy, request);
  if (evaluate(CLEAN_UP, bindings) === true) return [];
  return policy.rules.filter(({ expression }) => evaluate(expression, bindings) !== true).map(({ message }) => message);
}

function bindingsOf(policy: AdmissionPolicy, asked: AdmissionRequest) {
  const { object, oldObject, groups = ["demarc:pets"], username = "somebody", resource = "configmaps" } = asked;
  const namespace = asked.namespace ?? namespaceOf.safeParse(object).data?.metadata.namespace ?? "pets";
  const operation = object === undefined ? "DELETE" : oldObject === undefined ? "CREATE" : "UPDATE";
  const variables = new Map<string, CelInput>();
  const bindings: Record<string, CelInput> = {
    object: input(object),
    oldObject: input(oldObject),
    params: input({ data: asked.parameters ?? {} }),
    request: input({ userInfo: { groups, username }, namespace, operation, resource: { resource } }),
    variables,
  };
  for (const { name, expression } of policy.variables ?? []) variables.set(name, evaluate(expression, bindings));
  return bindings;
}

const namespaceOf = z.object({ metadata: z.object({ namespace: z.string() }) });

const cel = celEnv();
/** By expression: to parse one takes longer than to evaluate it, and each is evaluated for hundreds of requests. */
const plans = new Map<string, ReturnType<typeof plan>>();

/** @throws where the expression cannot be parsed */
function evaluate(expression: string, bindings: Record<string, CelInput>): CelInput {
  const planned = plans.get(expression) ?? plan(cel, parse(expression));
  plans.set(expression, planned);
  const result = planned(bindings);
  return isCelError(result) ? `failed: ${result.message}` : result;
}

/** JSON as CEL knows it: an object is a map. */
function input(value: unknown): CelInput {
  if (Array.isArray(value)) return value.map(input);
  if (typeof value === "object" && value !== null) {
    return new Map(Object.entries(value).map(([key, inner]) => [key, input(inner)]));
  }
  return typeof value === "string" || typeof value === "boolean" || typeof value === "number" ? value : null;
}
