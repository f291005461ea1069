import type { Store } from "./store";

/** Names of all objects that exist, by kind; those in a cluster as <cluster>/<name>. Nothing is left when every list is empty. */
export type SandboxState = Readonly<Record<string, readonly string[]>>;

/** What GET /_sandbox/state answers. */
export function stateOf({ clusters }: Store): SandboxState {
  const records = clusters.values();
  const within = (namesOf: (record: (typeof records)[number]) => string[]) =>
    records.flatMap((record) => namesOf(record).map((name) => `${record.cluster.name}/${name}`));
  return {
    clusters: clusters.names(),
    nodegroups: within(({ nodegroups }) => nodegroups.names()),
    fargateProfiles: within(({ fargateProfiles }) => fargateProfiles.names()),
    addons: within(({ addons }) => addons.names()),
    accessEntries: within(({ accessEntries }) => accessEntries.names()),
    podIdentityAssociations: within(({ podIdentityAssociations }) => podIdentityAssociations.names()),
    identityProviderConfigs: within(({ identityProviderConfigs }) => identityProviderConfigs.names()),
  };
}
