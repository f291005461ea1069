import type { KubernetesClient } from "../../controllers/kubernetes/client";
import {
  defineKind,
  list,
  map,
  matching,
  numberOrText,
  object,
  oneOf,
  text,
} from "../../controllers/kubernetes/definition";
import type { KubernetesObject, ResourceKind } from "../../controllers/kubernetes/object";
import type { Taint } from "../node";

/** What nodes of a pool are like. */
export interface NodePoolObject extends KubernetesObject {
  readonly spec: {
    readonly weight?: number;
    readonly limits?: Readonly<Record<string, string | number>>;
    readonly disruption?: { readonly consolidateAfter?: string };
    readonly template: {
      readonly spec: {
        readonly nodeClassRef: { readonly name: string };
        readonly requirements: readonly {
          readonly key: string;
          readonly operator: string;
          readonly values?: readonly string[];
        }[];
        readonly taints?: readonly Taint[];
      };
    };
  };
}

/** What nodes of a pool are made from in AWS. */
export interface NodeClassObject extends KubernetesObject {
  readonly spec: {
    readonly role?: string;
    readonly subnetSelectorTerms?: readonly { readonly id?: string }[];
    readonly securityGroupSelectorTerms?: readonly { readonly id?: string }[];
    readonly ephemeralStorage?: { readonly size?: string };
    readonly tags?: Readonly<Record<string, string>>;
  };
}

export const nodePools: ResourceKind<NodePoolObject> = {
  apiVersion: "karpenter.sh/v1",
  kind: "NodePool",
  plural: "nodepools",
  namespaced: false,
};

export const nodeClasses: ResourceKind<NodeClassObject> = {
  apiVersion: "eks.amazonaws.com/v1",
  kind: "NodeClass",
  plural: "nodeclasses",
  namespaced: false,
};

const time = matching("^(([0-9]+(s|m|h))+|Never)$");
const taint = object({ key: text, value: text, effect: oneOf("NoSchedule", "PreferNoSchedule", "NoExecute") }, [
  "key",
  "effect",
]);

/** https://karpenter.sh/docs/concepts/nodepools/, as far as Auto Mode has it */
const pool = object(
  {
    weight: { type: "integer", minimum: 1, maximum: 100 },
    limits: map(numberOrText),
    disruption: object(
      {
        consolidateAfter: time,
        consolidationPolicy: oneOf("WhenEmpty", "WhenEmptyOrUnderutilized", "Balanced"),
        budgets: list(
          object(
            {
              nodes: matching("^((100|[0-9]{1,2})%|[0-9]+)$"),
              schedule: matching(
                "^(@(annually|yearly|monthly|weekly|daily|midnight|hourly))|((.+)\\s(.+)\\s(.+)\\s(.+)\\s(.+))$",
              ),
              duration: matching("^((([0-9]+(h|m))|([0-9]+h[0-9]+m))(0s)?)$"),
              reasons: list(oneOf("Underutilized", "Empty", "Drifted")),
            },
            ["nodes"],
          ),
        ),
      },
      ["consolidateAfter"],
    ),
    template: object(
      {
        metadata: object({ labels: map(text), annotations: map(text) }),
        spec: object(
          {
            nodeClassRef: object({ group: text, kind: text, name: text }, ["group", "kind", "name"]),
            requirements: list(
              object(
                {
                  key: text,
                  operator: oneOf("In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"),
                  values: list(text),
                  minValues: { type: "integer", minimum: 1, maximum: 50 },
                },
                ["key", "operator"],
              ),
            ),
            taints: list(taint),
            startupTaints: list(taint),
            expireAfter: time,
            terminationGracePeriod: matching("^([0-9]+(s|m|h))+$"),
          },
          ["nodeClassRef", "requirements"],
        ),
      },
      ["spec"],
    ),
  },
  ["template"],
);

const terms = (fields: object) => ({ ...list(object(fields)), minItems: 1, maxItems: 30 });

/** https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html */
const nodeClass = object(
  {
    role: text,
    instanceProfile: text,
    subnetSelectorTerms: terms({ id: text, tags: map(text) }),
    securityGroupSelectorTerms: terms({ id: text, name: text, tags: map(text) }),
    podSubnetSelectorTerms: terms({ id: text, tags: map(text) }),
    podSecurityGroupSelectorTerms: terms({ id: text, name: text, tags: map(text) }),
    snatPolicy: oneOf("Random", "Disabled"),
    networkPolicy: oneOf("DefaultAllow", "DefaultDeny"),
    networkPolicyEventLogs: oneOf("Enabled", "Disabled"),
    ephemeralStorage: object({
      ...{ size: text, kmsKeyID: text },
      ...{ iops: { type: "integer" }, throughput: { type: "integer" } },
    }),
    tags: map(text),
  },
  ["subnetSelectorTerms", "securityGroupSelectorTerms"],
);

/** Has the API server serve the kinds by which Auto Mode is told of nodes. */
export async function defineNodeKinds(kubernetes: KubernetesClient): Promise<void> {
  await defineKind(kubernetes, nodePools, pool);
  await defineKind(kubernetes, nodeClasses, nodeClass);
}
