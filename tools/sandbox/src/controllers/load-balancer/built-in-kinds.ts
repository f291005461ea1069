import type { KubernetesClient } from "../kubernetes/client";
import { defineKind, list, map, numberOrText, object, text } from "../kubernetes/definition";
import { BUILT_IN } from "./kinds";

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
    serviceRef: { ...object({ name: text, port: numberOrText }), required: ["name", "port"] },
    networking: object({
      ingress: list({
        ...object({
          from: list(object({ ipBlock: object({ cidr: text }), securityGroup: object({ groupID: text }) })),
          ports: list(object({ port: numberOrText, protocol: { type: "string", enum: ["TCP", "UDP"] } })),
        }),
        required: ["from", "ports"],
      }),
    }),
  }),
  required: ["serviceRef"],
};

/** Has the API server serve the kinds that a cluster of EKS Auto Mode has by itself. */
export async function defineBuiltInKinds(kubernetes: KubernetesClient): Promise<void> {
  await defineKind(kubernetes, BUILT_IN.params, params);
  await defineKind(kubernetes, BUILT_IN.bindings, binding);
}
