import type {
  AccessEntry,
  Addon,
  AssociatedAccessPolicy,
  AuthenticationMode,
  Cluster,
  ClusterStatus,
  FargateProfile,
  Nodegroup,
  OidcIdentityProviderConfig,
  PodIdentityAssociation,
  Update,
  VpcConfigResponse,
} from "@aws-sdk/client-eks";
import type { LaunchSource, Scaling } from "./account/auto-scaling";
import { EksError } from "./http/errors";

/** Objects of one kind by name; says in EKS's manner what is missing or taken. */
export class Collection<Item> {
  private readonly items = new Map<string, Item>();

  /**
   * @param kind what one is called in an error, e.g. "node group"
   * @param cluster the cluster that they belong to, if they do
   */
  constructor(
    private readonly kind: string,
    private readonly cluster?: string,
  ) {}

  /** @throws EksError ResourceInUseException when the name is taken */
  checkFree(name: string): void {
    if (!this.items.has(name)) return;
    const kind = this.kind.charAt(0).toUpperCase() + this.kind.slice(1);
    throw new EksError("ResourceInUseException", `${kind} already exists with ${this.named(name)}`);
  }

  /** @throws EksError ResourceInUseException when the name is taken */
  add(name: string, item: Item): void {
    this.checkFree(name);
    this.items.set(name, item);
  }

  /** @throws EksError ResourceNotFoundException when there is none of that name */
  get(name: string): Item {
    const item = this.items.get(name);
    if (item !== undefined) return item;
    throw new EksError("ResourceNotFoundException", `No ${this.kind} found for ${this.named(name)}`);
  }

  find(name: string): Item | undefined {
    return this.items.get(name);
  }

  delete(name: string): void {
    this.items.delete(name);
  }

  names(): string[] {
    return [...this.items.keys()];
  }

  values(): Item[] {
    return [...this.items.values()];
  }

  private named(name: string): string {
    return this.cluster === undefined ? `name: ${name}.` : `name: ${name} and cluster name: ${this.cluster}.`;
  }
}

/** Objects are kept as describe answers them; fields that the API itself relies on are not optional. */
export interface StoredCluster extends Cluster {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  status: ClusterStatus;
  version: string;
  accessConfig: { authenticationMode: AuthenticationMode; bootstrapClusterCreatorAdminPermissions: boolean };
  resourcesVpcConfig: VpcConfigResponse & { vpcId: string; subnetIds: string[] };
}

/** A node group, and what EKS made for it in the account. */
export interface StoredNodegroup {
  readonly nodegroup: Nodegroup & {
    nodegroupName: string;
    nodegroupArn: string;
    nodeRole: string;
    version: string;
    subnets: string[];
    scalingConfig: Scaling;
  };
  /** Name of its Auto Scaling group. */
  readonly autoScalingGroup: string;
  source: LaunchSource;
  /** Id of the launch template that EKS made, if the node group brought none. */
  readonly ownLaunchTemplate: string | undefined;
}

export interface StoredAccessEntry {
  readonly entry: AccessEntry & { principalArn: string; type: string };
  /** By policy ARN. */
  readonly policies: Collection<AssociatedAccessPolicy>;
}

/** An update, and the node group or add-on that it is about; neither for the cluster itself. */
export interface StoredUpdate {
  readonly update: Update & { id: string };
  readonly nodegroupName?: string;
  readonly addonName?: string;
}

/** A cluster and all that hangs on it, and therefore goes with it. */
export class ClusterRecord {
  readonly nodegroups: Collection<StoredNodegroup>;
  readonly fargateProfiles: Collection<FargateProfile & { fargateProfileName: string; podExecutionRoleArn: string }>;
  readonly addons: Collection<Addon & { addonName: string; addonArn: string }>;
  /** Names of add-ons that were deleted, while what they put into the cluster was to stay. */
  readonly preservedAddons = new Set<string>();
  /** By principal ARN. */
  readonly accessEntries: Collection<StoredAccessEntry>;
  /** By association id. */
  readonly podIdentityAssociations: Collection<PodIdentityAssociation & { associationId: string }>;
  readonly identityProviderConfigs: Collection<OidcIdentityProviderConfig>;
  readonly updates: Collection<StoredUpdate>;

  /** @param creatorArn IAM principal that created the cluster */
  constructor(
    readonly cluster: StoredCluster,
    readonly creatorArn: string,
  ) {
    const { name } = cluster;
    this.nodegroups = new Collection("node group", name);
    this.fargateProfiles = new Collection("Fargate profile", name);
    this.addons = new Collection("addon", name);
    this.accessEntries = new Collection("access entry", name);
    this.podIdentityAssociations = new Collection("pod identity association", name);
    this.identityProviderConfigs = new Collection("identity provider config", name);
    this.updates = new Collection("update", name);
  }
}

/** Everything that this API knows: gone when the process ends. */
export class Store {
  readonly clusters = new Collection<ClusterRecord>("cluster");

  /**
   * The cluster an operation on its parts is about.
   *
   * @throws EksError ResourceNotFoundException, or InvalidRequestException while it is not ACTIVE
   */
  activeCluster(name: string): ClusterRecord {
    const record = this.clusters.get(name);
    const { status } = record.cluster;
    if (status === "ACTIVE") return record;
    throw new EksError(
      "InvalidRequestException",
      `Cluster ${name} is ${status}; it must be ACTIVE for this operation.`,
    );
  }
}
