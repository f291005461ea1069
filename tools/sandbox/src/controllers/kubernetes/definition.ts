import type { KubernetesClient } from "./client";
import type { ResourceKind } from "./object";

const definitions: ResourceKind = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  plural: "customresourcedefinitions",
  namespaced: false,
};

/** Parts of an OpenAPI schema. */
export const text = { type: "string" };
export const numberOrText = { "x-kubernetes-int-or-string": true, anyOf: [{ type: "integer" }, text] };
export const list = (items: object) => ({ type: "array", items });
export const object = (properties: object, required: readonly string[] = []) => ({
  ...{ type: "object", properties },
  ...(required.length === 0 ? {} : { required }),
});
export const map = (additionalProperties: object) => ({ type: "object", additionalProperties });
export const oneOf = (...values: readonly string[]) => ({ ...text, enum: values });
export const matching = (pattern: string) => ({ ...text, pattern });

/** What every status has. */
const observed = object({ observedGeneration: { type: "integer", format: "int64" } });

/** Has the API server serve a kind that a cluster has by itself. @param spec its schema @param status the same of its status */
export async function defineKind(
  kubernetes: KubernetesClient,
  kind: ResourceKind,
  spec: object,
  status: object = observed,
): Promise<void> {
  const [group = "", version = ""] = kind.apiVersion.split("/");
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
