import {
  type Addon,
  type Cluster,
  DescribeAddonCommand,
  DescribeAddonVersionsCommand,
  DescribeClusterCommand,
  DescribeClusterVersionsCommand,
  DescribeNodegroupCommand,
  ListAddonsCommand,
  ListNodegroupsCommand,
  type Nodegroup,
} from "@aws-sdk/client-eks";
import { clusterName, clusterNames, type Environment, kubernetesVersion } from "@demarc/shared/environment";
import { type Check, unlessGone } from "./check";

const versionsOf = ({ clusters }: Environment) => [...new Set(Object.values(clusters).map(({ version }) => version))];

/** Answers of several questions in one list. */
async function all<T>(of: readonly T[], ask: (one: T) => Promise<string[]>): Promise<string[]> {
  return (await Promise.all(of.map(ask))).flat();
}

type Managed = Pick<Cluster | Addon | Nodegroup, "status" | "health">;

/** What EKS itself finds wrong with it. */
function issuesOf(found: Managed | undefined): string[] {
  return (found?.health?.issues ?? []).map(({ message, code }) => message ?? String(code));
}

/** Why it is not active and healthy. */
function unhealthy(found: Managed | undefined): string[] {
  return [...(found?.status === "ACTIVE" ? [] : [`is ${found?.status ?? "not there"}`]), ...issuesOf(found)];
}

const kubernetesVersionSupported: Check = {
  id: "kubernetes-version",
  asks: "EKS: DescribeClusterVersions",
  onlyAws: "AWS moves the dates of support; those in our data were read on a page",
  expected: "each cluster's Kubernetes version is in standard support, until the day that our data says",
  problems: ({ eks }, environment) =>
    all(versionsOf(environment), async (version) => {
      const { clusterVersions = [] } = await eks.send(
        new DescribeClusterVersionsCommand({ clusterVersions: [version] }),
      );
      const found = clusterVersions.find(({ clusterVersion }) => clusterVersion === version);
      if (found === undefined) return [`EKS does not know Kubernetes ${version}`];
      const { endOfStandardSupport } = kubernetesVersion(version);
      const day = found.endOfStandardSupportDate?.toISOString().slice(0, 10);
      return [
        ...(found.versionStatus === "STANDARD_SUPPORT"
          ? []
          : [`Kubernetes ${version} is in ${found.versionStatus ?? "no support"}`]),
        ...(day === undefined || day === endOfStandardSupport
          ? []
          : [`standard support of Kubernetes ${version} ends on ${day}, and our data says ${endOfStandardSupport}`]),
      ];
    }),
};

const addOnVersionsOffered: Check = {
  id: "add-on-versions",
  asks: "EKS: DescribeAddonVersions",
  onlyAws: "AWS offers and withdraws builds of its add-ons; the pinned ones were read on pages",
  expected: "each pinned version of an EKS add-on is offered for its Kubernetes version",
  problems: ({ eks }, environment) =>
    all(versionsOf(environment), async (version) => {
      const pins = Object.entries(kubernetesVersion(version).addOns);
      return all(pins, async ([addonName, known]) => {
        const { addons = [] } = await eks.send(
          new DescribeAddonVersionsCommand({ kubernetesVersion: version, addonName }),
        );
        const offered = addons.flatMap(({ addonVersions = [] }) => addonVersions.map((one) => one.addonVersion));
        return known
          .filter((pin) => !offered.includes(pin.version))
          .map((pin) => `${addonName} ${pin.version} is not offered for Kubernetes ${version}`);
      });
    }),
};

const clustersClosed: Check = {
  id: "clusters",
  asks: "EKS: DescribeCluster",
  onlyAws: "EKS itself judges a control plane's health, and may upgrade it when its support ends",
  expected: "each cluster is active, healthy and of the environment's version, and takes access entries alone",
  problems: ({ eks }, environment) =>
    all(Object.entries(environment.clusters), async ([id, { version }]) => {
      const name = clusterName(environment, id);
      const { cluster } = await eks.send(new DescribeClusterCommand({ name }));
      const mode = cluster?.accessConfig?.authenticationMode;
      return [
        ...(cluster?.status === "ACTIVE" ? [] : [`${name} is ${cluster?.status ?? "not there"}`]),
        ...(cluster?.version === version ? [] : [`${name} runs ${cluster?.version ?? "nothing"}, not ${version}`]),
        ...(mode === "API" ? [] : [`${name} takes ${mode ?? "nobody knows what"} for access`]),
        ...issuesOf(cluster).map((issue) => `${name}: ${issue}`),
      ];
    }),
};

const addOnsHealthy: Check = {
  id: "add-ons",
  asks: "EKS: ListAddons, DescribeAddon",
  onlyAws:
    "real pods have to start: images are pulled, the pod network and volumes work, or EKS calls the add-on degraded",
  expected: "each EKS add-on of each cluster is active, and EKS finds nothing wrong with it",
  problems: ({ eks }, environment) =>
    all(clusterNames(environment), async (name) => {
      const { addons = [] } = await eks.send(new ListAddonsCommand({ clusterName: name }));
      return all(addons, async (addonName) => {
        const found = await unlessGone(eks.send(new DescribeAddonCommand({ clusterName: name, addonName })));
        return (found === undefined ? [] : unhealthy(found.addon)).map(
          (problem) => `${addonName} of ${name}: ${problem}`,
        );
      });
    }),
};

const nodeGroupsHealthy: Check = {
  id: "node-groups",
  asks: "EKS: ListNodegroups, DescribeNodegroup",
  onlyAws: "real machines have to be had, start from the pinned image and join",
  expected: "each node group is active, and EKS finds nothing wrong with it",
  problems: ({ eks }, environment) =>
    all(clusterNames(environment), async (name) => {
      const { nodegroups = [] } = await eks.send(new ListNodegroupsCommand({ clusterName: name }));
      return all(nodegroups, async (nodegroupName) => {
        const found = await unlessGone(eks.send(new DescribeNodegroupCommand({ clusterName: name, nodegroupName })));
        return (found === undefined ? [] : unhealthy(found.nodegroup)).map(
          (problem) => `${nodegroupName} of ${name}: ${problem}`,
        );
      });
    }),
};

export const eksChecks: readonly Check[] = [
  kubernetesVersionSupported,
  addOnVersionsOffered,
  clustersClosed,
  addOnsHealthy,
  nodeGroupsHealthy,
];
