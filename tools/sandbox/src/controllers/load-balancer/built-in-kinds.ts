import type { KubernetesClient } from "../kubernetes/client";
import type { ResourceKind } from "../kubernetes/object";
import { BUILT_IN } from "./kinds";

const definitions: ResourceKind = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  plural: "customresourcedefinitions",
  namespaced: false,
};

const text = { type: "string" };
const list = (items: object) => ({ type: "array", items });
const object = (properties: object) => ({ type: "object", properties });
const map = (additionalProperties: object) => ({ type: "object", additionalProperties });
const portNumberOrName = { "x-kubernetes-int-or-string": true, anyOf: [{ type: "integer" }, text] };
const pairs = list({ ...object({ key: text, value: text }), required: ["key", "value"] });

/** The fields that EKS documents for Auto Mode, as far as they are served here. */
const params = object({
  group: { ...object({ name: text }), required: ["name"] },
  scheme: { type: "string", enum: ["internal", "internet-facing"] },
  certificateARNs: list(text),
  sslPolicy: text,
  subnets: object({ ids: list(text), tags: map(list(text)) }),
  loadBalancerAttributes: pairs,
  tags: pairs,
  namespaceSelector: object({
    matchLabels: map(text),
    matchExpressions: list({
      ...object({ key: text, operator: text, values: list(text) }),
      required: ["key", "operator"],
    }),
  }),
});

const binding = {
  ...object({
    targetGroupARN: { ...text, minLength: 1 },
    targetType: { type: "string", enum: ["instance", "ip"] },
    serviceRef: { ...object({ name: text, port: portNumberOrName }), required: ["name", "port"] },
    networking: object({
      ingress: list({
        ...object({
          from: list(object({ ipBlock: object({ cidr: text }), securityGroup: object({ groupID: text }) })),
          ports: list(object({ port: portNumberOrName, protocol: { type: "string", enum: ["TCP", "UDP"] } })),
        }),
        required: ["from", "ports"],
      }),
    }),
  }),
  required: ["serviceRef"],
};

/** Has the API server serve the kinds that a cluster of EKS Auto Mode has by itself. */
export async function defineBuiltInKinds(kubernetes: KubernetesClient): Promise<void> {
  await define(kubernetes, BUILT_IN.params, params);
  await define(kubernetes, BUILT_IN.bindings, binding);
}

async function define(kubernetes: KubernetesClient, kind: ResourceKind, spec: object): Promise<void> {
  const [group = "", version = ""] = kind.apiVersion.split("/");
  const status = object({ observedGeneration: { type: "integer", format: "int64" } });
  await kubernetes.apply(definitions, {
    metadata: { name: `${kind.plural}.${group}` },
    spec: {
      group,
      scope: kind.namespaced ? "Namespaced" : "Cluster",
      names: { kind: kind.kind, plural: kind.plural, singular: kind.kind.toLowerCase() },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: { openAPIV3Schema: object({ spec, status }) },
        },
      ],
    },
  });
}
