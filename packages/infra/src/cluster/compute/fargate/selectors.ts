import type { FargateSettings } from "./settings";

type Profiles = Pick<FargateSettings, "profiles">;

/** Whether a profile selects all pods of a namespace, whatever their labels. */
export function selectsNamespace(settings: Profiles, namespace: string): boolean {
  return new RegExp(selectedNamespaces(settings)).test(namespace);
}

/** Regular expression, of Terraform too, that fits the namespaces of which profiles select all pods. */
export function selectedNamespaces({ profiles }: Profiles): string {
  const whole = Object.values(profiles)
    .filter(({ subnets }) => subnets === "all")
    .flatMap(({ selectors }) => selectors.filter(({ labels }) => Object.keys(labels).length === 0));
  const patterns = whole.map(({ namespace }) => namespace.replaceAll("*", ".*").replaceAll("?", "."));
  return `^(${[...new Set(patterns)].join("|")})$`;
}
