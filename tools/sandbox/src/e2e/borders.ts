import assert from "node:assert/strict";
import { DeleteAccessEntryCommand, EKSClient } from "@aws-sdk/client-eks";
import { roleOfTeam } from "@demarc/deploy";
import { clusterName, type Environment } from "@demarc/shared/environment";
import type { Written } from "../controllers/kubernetes/client";
import { kinds } from "../controllers/kubernetes/kinds";
import type { ResourceKind } from "../controllers/kubernetes/object";
import { serversState } from "../local-aws/servers";
import { CREDENTIALS } from "../variables";
import { layout, sandbox } from "./programs";
import { step } from "./step";
import {
  clientOf,
  FORBIDDEN,
  imageOf,
  isRefused,
  letsIn,
  oneReplica,
  refuses,
  RESTRICTED,
  type TeamClient,
  whileDeployed,
} from "./team-client";

const NAME = "borders";
const RBAC = "rbac.authorization.k8s.io";

const secrets: ResourceKind = { apiVersion: "v1", kind: "Secret", plural: "secrets", namespaced: true };
const quotas: ResourceKind = { apiVersion: "v1", kind: "ResourceQuota", plural: "resourcequotas", namespaced: true };
const limits: ResourceKind = { apiVersion: "v1", kind: "LimitRange", plural: "limitranges", namespaced: true };
const clusterRoleBindings: ResourceKind = {
  apiVersion: `${RBAC}/v1`,
  kind: "ClusterRoleBinding",
  plural: "clusterrolebindings",
  namespaced: false,
};
const roleBindings: ResourceKind = {
  apiVersion: `${RBAC}/v1`,
  kind: "RoleBinding",
  plural: "rolebindings",
  namespaced: true,
};

/** The lines between teams hold in the cluster: each is tried with a token of a team's role and a request of that team's. */
export async function bordersHold(environment: Environment): Promise<void> {
  const [pets, shop, platform] = await step("kubeconfigs of teams, each with its own token", () =>
    Promise.all([clientOf("pets"), clientOf("shop"), clientOf("platform")]),
  );
  const image = await imageOf(pets);
  await deploysInItsOwn(pets, image);
  await staysOutOfOthers(pets, shop);
  await leavesThePlatformAlone(pets);
  await opensToNamedPeersOnly(pets);
  await keepsPodsInTheirPlace(pets, platform, image);
  await losesAccessAtOnce(environment, pets);
}

async function deploysInItsOwn(pets: TeamClient, image: string): Promise<void> {
  await step("a team deploys to its own namespace", () =>
    whileDeployed(pets, deployment(pets, { image }), ({ status }) => (status?.readyReplicas ?? 0) > 0),
  );
}

async function staysOutOfOthers({ kubernetes: pets }: TeamClient, shop: TeamClient): Promise<void> {
  await step("a team does not read another's Secrets, which their own team does", async () => {
    const metadata = { name: NAME, namespace: shop.team };
    await shop.kubernetes.create(secrets, { metadata });
    try {
      assert.ok(await shop.kubernetes.get(secrets, metadata));
      await refuses(pets.get(secrets, metadata), FORBIDDEN);
      await refuses(pets.list(secrets, { namespace: shop.team }), FORBIDDEN);
      await refuses(pets.list(secrets), FORBIDDEN);
    } finally {
      await shop.kubernetes.delete(secrets, metadata);
    }
  });
}

async function leavesThePlatformAlone({ team: namespace, kubernetes: pets }: TeamClient): Promise<void> {
  const own = { name: NAME, namespace };

  await step("a team does not touch kube-system", async () => {
    await refuses(pets.list(kinds.pods, { namespace: "kube-system" }), FORBIDDEN);
    await refuses(pets.list(secrets, { namespace: "kube-system" }), FORBIDDEN);
    await refuses(pets.create(kinds.configMaps, { metadata: { ...own, namespace: "kube-system" } }), FORBIDDEN);
  });

  await step("a team reads its quota and does not change it", async () => {
    const { items } = await pets.list(quotas, { namespace });
    const [quota] = items;
    assert.ok(quota, "there is no quota");
    await refuses(pets.patch(quotas, quota.metadata, { spec: { hard: { pods: "1000" } } }), FORBIDDEN);
    await refuses(pets.delete(quotas, quota.metadata), FORBIDDEN);
    await refuses(pets.create(limits, { metadata: own, spec: { limits: [] } }), FORBIDDEN);
  });

  await step("a team does not change the NetworkPolicy that closes its namespace", async () => {
    const closed = { name: "default-deny", namespace };
    const platforms = { status: 403, message: /this object is the platform's and holds the line between teams/ };
    await refuses(pets.delete(kinds.networkPolicies, closed), platforms);
    await refuses(pets.patch(kinds.networkPolicies, closed, { spec: { policyTypes: ["Egress"] } }), platforms);
    // Its labels are the platform's too, and either policy may answer first.
    await refuses(pets.patch(kinds.networkPolicies, closed, { metadata: { labels: null } }), {
      status: 403,
      message: /platform's/,
    });
  });

  await step("a team does nothing to the cluster as a whole, and gives nobody rights", async () => {
    await refuses(pets.create(kinds.namespaces, { metadata: { name: NAME } }), FORBIDDEN);
    await refuses(pets.delete(kinds.namespaces, { name: namespace }), FORBIDDEN);
    await refuses(pets.list(kinds.nodes), FORBIDDEN);
    const roleRef = { apiGroup: RBAC, kind: "ClusterRole", name: "admin" };
    await refuses(pets.create(clusterRoleBindings, { metadata: { name: NAME }, roleRef }), FORBIDDEN);
    await refuses(pets.create(roleBindings, { metadata: own, roleRef }), FORBIDDEN);
  });
}

async function opensToNamedPeersOnly(pets: TeamClient): Promise<void> {
  await step("a team opens its namespace to peers that it names, and not to everyone", async () => {
    const shop = { namespaceSelector: { matchLabels: { team: "shop" } } };
    const anywhere = { ipBlock: { cidr: "0.0.0.0/0" } };
    const { kubernetes } = pets;
    const openTo = (...ingress: object[]) => kubernetes.create(kinds.networkPolicies, networkPolicy(pets, ingress));
    await letsIn(pets, kinds.networkPolicies, networkPolicy(pets, [{ from: [shop] }]));
    const everyone = { status: 403, message: /an ingress rule without `from` lets everyone in/ };
    await refuses(openTo({}), everyone);
    await refuses(openTo({ from: [] }), everyone);
    const peer = { status: 403, message: /a peer of an ingress rule must be/ };
    await refuses(openTo({ from: [anywhere] }), peer);
    await refuses(openTo({ from: [{ namespaceSelector: {} }] }), peer);
    await refuses(openTo({ from: [shop] }, { from: [anywhere] }), peer);
  });
}

async function keepsPodsInTheirPlace(pets: TeamClient, platform: TeamClient, image: string): Promise<void> {
  await step("a privileged pod is rejected, whoever makes it", async () => {
    const container = { image, securityContext: { privileged: true } };
    const rejected = /violates PodSecurity "restricted/;
    const pod = { metadata: { name: NAME, namespace: pets.team }, spec: podSpec(container, 1) };
    await refuses(pets.kubernetes.create(kinds.pods, pod), FORBIDDEN);
    await refuses(platform.kubernetes.create(kinds.pods, pod), { status: 403, message: rejected });
    await whileDeployed(pets, deployment(pets, container), (deployed) => isRefused(deployed, rejected));
  });

  await step("a pod above the quota is rejected", async () => {
    // Each container is as large as one may be; together they are more than the namespace has.
    const most = { cpu: "4", memory: "1Gi" };
    const container = { image, resources: { requests: most, limits: most } };
    await whileDeployed(pets, deployment(pets, container, 3), (deployed) =>
      isRefused(deployed, /exceeded quota: \S+, requested: .*requests\.cpu=12/),
    );
  });
}

async function losesAccessAtOnce(environment: Environment, { team, kubernetes }: TeamClient): Promise<void> {
  const state = await serversState(layout);
  assert.equal(state.kind, "serving");
  const { eksUrl, region } = state.servers;
  const readsItsOwn = () => kubernetes.list(kinds.pods, { namespace: team });

  await step("a role whose access entry was removed is refused at once, with the token that it has", async () => {
    await readsItsOwn();
    const eks = new EKSClient({ region, endpoint: eksUrl, credentials: CREDENTIALS });
    const principalArn = roleOfTeam(environment, team);
    for (const cluster of Object.keys(environment.clusters))
      await eks.send(new DeleteAccessEntryCommand({ clusterName: clusterName(environment, cluster), principalArn }));
    await refuses(readsItsOwn(), { status: 401, message: /^Unauthorized$/ });
  });

  await step("up puts the entry back", async () => {
    assert.equal((await sandbox(["up", environment.name])).code, 0);
    await readsItsOwn();
  });
}

/** As Pod Security wants its pods, but for what the test changes in the container. */
function deployment({ team }: TeamClient, container: object, containers = 1): Written {
  return oneReplica(NAME, team, podSpec(container, containers));
}

function podSpec(container: object, containers: number): object {
  const names = Array.from({ length: containers }, (_, index) => `${NAME}-${String(index)}`);
  return { containers: names.map((name) => ({ name, securityContext: RESTRICTED, ...container })) };
}

function networkPolicy({ team }: TeamClient, ingress: readonly object[]): Written {
  const spec = { podSelector: {}, policyTypes: ["Ingress"], ingress };
  return { metadata: { name: NAME, namespace: team }, spec };
}
