import type { ProviderPin } from "@demarc/deploy";

/** A provider's full address, such as registry.terraform.io/hashicorp/aws, and its version. */
export interface Provider {
  readonly host: string;
  readonly namespace: string;
  readonly type: string;
  readonly version: string;
}

/** Terraform's own, which comes with it. */
const BUILT_IN = "terraform.io";

/** The providers that stacks pin, each once. Short sources are filled up as Terraform does. */
export function providersOf(pins: readonly ProviderPin[]): Provider[] {
  const providers = new Map<string, Provider>();
  for (const { source, version } of pins) {
    const parts = source.split("/");
    const [host = "", namespace = "", type = ""] = ["registry.terraform.io", "hashicorp"]
      .slice(0, 3 - parts.length)
      .concat(parts);
    if (host !== BUILT_IN) providers.set(`${host}/${namespace}/${type} ${version}`, { host, namespace, type, version });
  }
  return [...providers.values()];
}

/** Such as hashicorp/aws 5.100.0. */
export function nameOf({ namespace, type, version }: Provider): string {
  return `${namespace}/${type} ${version}`;
}

/** Such as registry.terraform.io/hashicorp/aws: also the folder in a mirror. */
export function addressOf({ host, namespace, type }: Provider): string {
  return `${host}/${namespace}/${type}`;
}
