import type { Account } from "../account/account";
import type { AutoScalingGroup, GroupState } from "../account/auto-scaling";
import type { AccessKey, Caller } from "../account/identities";
import type { InstanceType } from "../account/instances";
import type { LaunchTemplate } from "../account/launch-templates";
import type { Subnet } from "../account/network";
import { invalid } from "../http/errors";
import { ACCOUNT_ID, REGION, TRUSTING_SERVICES } from "./landscape";
import { SIGNING_KEY } from "./token";

/** Subnets of one VPC, 10.0.0.0/16, in two zones and on both sides, and one of another VPC. */
const SUBNETS: readonly Subnet[] = [
  { id: "subnet-private-a", vpcId: "vpc-main", zone: `${REGION}a`, cidr: "10.0.0.0/24" },
  { id: "subnet-private-c", vpcId: "vpc-main", zone: `${REGION}c`, cidr: "10.0.1.0/24" },
  { id: "subnet-public-a", vpcId: "vpc-main", zone: `${REGION}a`, cidr: "10.0.2.0/24" },
  { id: "subnet-elsewhere-c", vpcId: "vpc-other", zone: `${REGION}c`, cidr: "10.1.0.0/24" },
];

export const PRIVATE_SUBNETS = ["subnet-private-a", "subnet-private-c"];
export const SECURITY_GROUP = "sg-extra";

/** Launch templates by id; every version but 9 exists, and $Latest is 2. */
const TEMPLATES: Readonly<Record<string, LaunchTemplate["data"]>> = {
  "lt-plain": {},
  "lt-other": {},
  "lt-typed": { InstanceType: "m6i.large" },
  "lt-image": { ImageId: "ami-1", InstanceType: "m6i.large", UserData: "b3du" },
  "lt-wrong": { IamInstanceProfile: { Name: "own" }, NetworkInterfaces: [{ SubnetId: "subnet-private-a" }] },
};

/** An account in memory, and what EKS made in it. */
export interface MemoryAccount extends Account {
  /** Names of security groups by id. */
  readonly securityGroups: Map<string, string>;
  readonly autoScalingGroups: Map<string, AutoScalingGroup>;
  /** Ids of launch templates that EKS made. */
  readonly ownTemplates: Set<string>;
  /** Names of log groups. */
  readonly logGroupNames: Set<string>;
  /** Whoever holds an access key, by its id. */
  readonly callers: Map<string, Caller>;
  /** Trust policies of roles, by ARN. */
  readonly trustPolicies: Map<string, object>;
  /** Access keys that are not as `tokenOf` signs with, by their ids. */
  readonly keys: Map<string, AccessKey>;
}

/** ARN of a role; it exists unless its name begins with "missing", and is trusted by EKS and EC2 unless `trustPolicies` says otherwise. */
export function roleArn(name: string): string {
  return `arn:aws:iam::${ACCOUNT_ID}:role/${name}`;
}

export function memoryAccount(): MemoryAccount {
  const securityGroups = new Map<string, string>();
  const autoScalingGroups = new Map<string, AutoScalingGroup>();
  const ownTemplates = new Set<string>();
  const made = {
    securityGroups,
    autoScalingGroups,
    ownTemplates,
    logGroupNames: new Set<string>(),
    callers: new Map<string, Caller>(),
    keys: new Map<string, AccessKey>(),
    trustPolicies: new Map<string, object>(),
  };
  return { ...made, ...parts(made) };
}

function parts({
  securityGroups,
  autoScalingGroups,
  ownTemplates,
  logGroupNames,
  callers,
  keys,
  trustPolicies,
}: Omit<MemoryAccount, keyof Account>): Account {
  return {
    network: {
      subnets: (ids) => Promise.resolve(SUBNETS.filter(({ id }) => ids.includes(id))),
      securityGroups: (ids) => Promise.resolve(ids.filter((id) => id === SECURITY_GROUP)),
      securityGroupRules: () => Promise.resolve([]),
      vpcCidrs: () => Promise.resolve(["10.0.0.0/16"]),
      publicSubnets: (ids) => Promise.resolve(ids.filter((id) => id.startsWith("subnet-public"))),
      createClusterSecurityGroup: (clusterName) => {
        const id = `sg-${clusterName}`;
        securityGroups.set(id, clusterName);
        return Promise.resolve(id);
      },
      deleteSecurityGroup: (id) => {
        securityGroups.delete(id);
        return Promise.resolve();
      },
    },
    launchTemplates: {
      version: ({ id = "", version = "1" }) => {
        const data = TEMPLATES[id];
        if (!data || version === "9") return Promise.reject(invalid(`Could not find version ${version} of ${id}.`));
        return Promise.resolve({ id, name: `${id}-name`, version: version === "$Latest" ? "2" : version, data });
      },
      create: (name) => {
        ownTemplates.add(name);
        return Promise.resolve(name);
      },
      delete: (id) => {
        ownTemplates.delete(id);
        return Promise.resolve();
      },
    },
    autoScaling: {
      create: (group) => {
        if (group.source.instanceTypes.includes("none.such")) return Promise.reject(new Error("no such instance type"));
        autoScalingGroups.set(group.name, group);
        return Promise.resolve();
      },
      desiredSize: (name) => Promise.resolve(autoScalingGroups.get(name)?.scaling.desiredSize),
      update: (name, scaling, source) => {
        const group = autoScalingGroups.get(name);
        if (group) autoScalingGroups.set(name, { ...group, scaling, source });
        return Promise.resolve();
      },
      delete: (name) => {
        autoScalingGroups.delete(name);
        return Promise.resolve();
      },
      ...sizing(autoScalingGroups),
    },
    instances: {
      running: () => Promise.resolve([]),
      launch: ({ type }) => Promise.reject(new Error(`memory starts no ${type}`)),
      terminate: () => Promise.resolve(),
      type: (name) =>
        name.startsWith("m99.") ? Promise.reject(new Error(`no ${name}`)) : Promise.resolve(typeOf(name)),
    },
    identities: {
      problemWithRole: (arn) =>
        Promise.resolve(arn.includes("role/missing") ? `Role ${arn} was not found.` : undefined),
      trustPolicyOf: (arn) => Promise.resolve(JSON.stringify(trustPolicies.get(arn) ?? TRUSTING_SERVICES)),
      principalOf: () => Promise.resolve(roleArn("deployer")),
      accessKey: (id) => Promise.resolve(keys.get(id) ?? (callers.has(id) ? SIGNING_KEY : undefined)),
      publishKeys: () => Promise.resolve(),
      callerOf: (accessKeyId) => {
        const caller = callers.get(accessKeyId);
        return caller ? Promise.resolve(caller) : Promise.reject(new Error(`Nobody is known by ${accessKeyId}.`));
      },
    },
    logGroups: {
      create: (name) => {
        const isNew = !logGroupNames.has(name);
        logGroupNames.add(name);
        return Promise.resolve(isNew);
      },
    },
    loadBalancers: { hostsOfTargetGroups: () => Promise.resolve(new Map()) },
    restApis: { ways: () => Promise.resolve([]) },
  };
}

/** Sizes are kept; no instance is started. */
function sizing(
  groups: Map<string, AutoScalingGroup>,
): Pick<Account["autoScaling"], "groups" | "tagged" | "setDesiredSize" | "terminate"> {
  const all = () => [...groups.values()].map(stateOf);
  return {
    groups: (names) => Promise.resolve(all().filter(({ name }) => names.includes(name))),
    tagged: (keys) => Promise.resolve(all().filter(({ tags }) => keys.every((key) => key in tags))),
    setDesiredSize: (name, desiredSize) => {
      const group = groups.get(name);
      if (group) groups.set(name, { ...group, scaling: { ...group.scaling, desiredSize } });
      return Promise.resolve();
    },
    terminate: (id) => Promise.reject(new Error(`memory has no instance ${id}`)),
  };
}

function typeOf(name: string): InstanceType {
  return { name, architecture: "amd64", vcpus: 2, memoryMiB: 8_192, networkInterfaces: 3, addressesPerInterface: 10 };
}

function stateOf({ name, scaling, source, tags }: AutoScalingGroup): GroupState {
  return { name, scaling, zones: [], instanceTypes: source.instanceTypes, tags, instances: [] };
}
