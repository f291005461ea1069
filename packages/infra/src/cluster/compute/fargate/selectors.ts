import type { FargateSettings } from "./settings";

/** Whether a profile selects all pods of a namespace, whatever their labels. */
export function selectsNamespace({ profiles }: Pick<FargateSettings, "profiles">, namespace: string): boolean {
  const selectors = Object.values(profiles).flatMap((profile) => profile.selectors);
  return selectors.some(({ namespace: of, labels }) => Object.keys(labels).length === 0 && fits(of, namespace));
}

function fits(pattern: string, name: string): boolean {
  return new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(name);
}
