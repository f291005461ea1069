/** Label of what the platform puts into namespaces of others, who may not touch it (policies/platform-objects.ts). */
export const OWNER_LABEL = "demarc/owner";
export const OWNER = "k8s-platform";

/** Metadata of an object of the platform's. */
export function platformMetadata(name: string, namespace: string) {
  return { name, namespace, labels: { [OWNER_LABEL]: OWNER } };
}
