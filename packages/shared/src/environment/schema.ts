import { z } from "zod";
import { kubernetesVersions } from "./kubernetes-versions";
import { largestPod } from "./largest-pod";
import { teamLimits } from "./team-limits";

/** A text of one form. @param rule what is said of anything else, the way out included */
const text = (form: RegExp, rule: string) => z.string(rule).regex(form, rule);

/** A DNS label of lower case letters, digits and single dashes: what AWS, Kubernetes and Terraform all take as a name. */
export const label = (longest: number) =>
  text(
    new RegExp(`^(?=.{1,${String(longest)}}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$`),
    `must be at most ${String(longest)} lower case letters, digits and single dashes, starting with a letter: AWS names are built from it`,
  ).refine((name) => !(name in {}), "is a word under which JavaScript reads something else; take another");

const domainName = text(
  /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
  "must be a domain name such as dev.example.com",
);

/**
 * A region of AWS's partition `aws`. The form is of AWS's endpoint rules (botocore, data/partitions.json). The other partitions have
 * other names for services that roles trust, endpoints, image registries and console, and lack services that the stacks use.
 */
const region = z
  .string("must be an AWS region such as ap-northeast-1")
  .regex(/^[a-z]{2,4}(-[a-z]+)+-\d$/, { error: "must be an AWS region such as ap-northeast-1", abort: true })
  .regex(
    /^(us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-\d$/,
    'is no region of AWS\'s partition "aws": China, GovCloud, sovereign and isolated regions name services, endpoints and images otherwise, and no stack here knows those names; take a region such as ap-northeast-1',
  );

/** How pods get a machine to run on. What each kind needs and brings: docs/architecture.md. */
const compute = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      kind: z.literal("managed-nodes"),
      /**
       * What one pod may request at most. An app that asks for more is refused when it is synthesized, and infra's plan holds the node
       * groups to it. @default 1500m, 6Gi, 10Gi of the node's disk: a node of 2 vCPUs and 8 GiB has room for that
       */
      largestPod: largestPod.optional(),
    }),
    z.strictObject({ kind: z.literal("fargate") }),
    z.strictObject({ kind: z.literal("auto-mode") }),
  ],
  "must be one of managed-nodes, fargate, auto-mode",
);

/** A share of requests, as Route 53 takes it. */
const weight = z
  .int("must be a whole number")
  .min(0, "must be at least 0")
  .max(255, "must be at most 255, says Route 53")
  .optional();

/** What every exposure has. */
const weighed = {
  /**
   * Share of the requests to each host name that comes this way, against the environment's other exposure: 0 to 255. Begin with 0 where
   * traffic is to move, and exchange the weights once pods are reached: docs/decisions/0034. @default 100
   */
  weight,
};

/**
 * Whether infra makes a web ACL of AWS WAF, which guards what leads to apps. Price: by the month for the web ACL and each rule, and by
 * the request. https://aws.amazon.com/waf/pricing/
 */
const waf = z.boolean("must be true or false").optional();

/** Who can reach the load balancers that a controller makes. */
const scheme = z.enum(["internet-facing", "internal"], "must be internet-facing or internal");

const listenerRule = "must be a TCP port, 1 to 65535";

/** Each app has a REST API, which leads through a VPC link to an internal network load balancer and so to its pods. */
const restApis = z.discriminatedUnion(
  "loadBalancer",
  [
    z.strictObject({
      kind: z.literal("api-gateway"),
      /** The load balancer is the app's, as the controller makes it for a Service of the app's. */
      loadBalancer: z.literal("service"),
      ...weighed,
      /** Each app has infra's web ACL in front of its API's stage. @default false */
      waf,
    }),
    z.strictObject({
      kind: z.literal("api-gateway"),
      /** infra owns one load balancer for each cluster, with a listener and a target group for each app; pods only bind to it. */
      loadBalancer: z.literal("infra"),
      /** Port of each app's listener, by the app's name: whoever has the link reaches every one, so each is one app's. */
      listeners: z
        .record(label(30), z.int(listenerRule).min(1, listenerRule).max(65535, listenerRule))
        .refine((ports) => Object.keys(ports).length > 0, "must name at least one app: infra makes a listener for each")
        .refine(
          (ports) => new Set(Object.values(ports)).size === Object.keys(ports).length,
          "names one port for two apps; give each its own",
        ),
      ...weighed,
      /** Each app has infra's web ACL in front of its API's stage. @default false */
      waf,
    }),
  ],
  "must be service or infra",
);

/** How an app's host name reaches its pods, and so who owns the load balancer. */
const exposure = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      /** The AWS Load Balancer Controller makes an ALB for the Ingresses of each team. */
      kind: z.literal("alb-ingress"),
      scheme,
      ...weighed,
      /** The controller puts infra's web ACL in front of each team's ALB. @default false */
      waf,
    }),
    z.strictObject({
      /** infra owns the ALB and a target group for each app registered here; pods only bind to it. */
      kind: z.literal("target-group-binding"),
      apps: z.array(label(30)).min(1, "must name at least one app: infra makes a target group for each"),
      ...weighed,
    }),
    restApis,
    z.strictObject({
      /** One ALB for all apps leads to Traefik, which has a route for each. The AWS Load Balancer Controller makes the ALB. */
      kind: z.literal("traefik"),
      scheme,
      ...weighed,
    }),
  ],
  "must be one of alb-ingress, target-group-binding, api-gateway, traefik",
);

const known = kubernetesVersions.map(({ version }) => version);
const versionRule = `must be a Kubernetes version that is known here: ${known.join(", ")}; a new one is a file in packages/shared/src/environment/kubernetes-versions`;

const cluster = z.strictObject({
  /** Kubernetes minor version, such as "1.35". EKS takes one step at a time, and the nodes follow: docs/decisions/0018. */
  version: z.string(versionRule).refine((version) => known.includes(version), versionRule),
  compute,
  /**
   * Share of the requests to each app's host name that this cluster gets, against the other clusters': 0 to 255, as Route 53 takes it. 0
   * gets none as long as another has more. It holds for an app from its next deploy on. @default 100
   */
  weight,
});

const numericId = text(/^[1-9]\d{0,19}$/, 'must be an id of GitHub, digits as a string such as "123456"');

const team = z.strictObject({
  /** IAM roles of this account, with their path, that may act for the team: "team/pets" is arn:…:role/team/pets. Never users (S3.5). */
  roles: z
    .array(
      text(
        /^(?=.{1,574}$)([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/,
        'must be an IAM role name of at most 64 characters with its path, such as "team/pets"; users are never mapped',
      ),
    )
    .min(1, "must name at least one role: nobody could act for the team"),
  /** Workspaces that the team owns. Apps name their team themselves. @default none: an app team */
  owns: z.array(z.enum(["infra", "k8s-platform"], "must be infra or k8s-platform")).optional(),
  /** How much of a cluster its pods may take. @default team-limits.ts */
  limits: teamLimits.optional(),
  /** Its team of the organization in GitHub, which reviews its folders: the last part of the team's address. @default its name here */
  github: text(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    "must be the last part of a GitHub team's address, such as pets: lower case letters, digits and single dashes",
  ).optional(),
});

/** Who plans and deploys without a stored key: a pipeline that AWS knows by the tokens of its issuer (OpenID Connect). */
const pipelines = z.strictObject(
  {
    kind: z.literal("github-actions", "must be github-actions"),
    /** Id of the repository. A name can be another's after a rename, an id cannot. `gh api repos/<owner>/<name> --jq .id` */
    repositoryId: numericId,
    /** Id of its owner, an organization or a user. `gh api repos/<owner>/<name> --jq .owner.id` */
    ownerId: numericId,
    /**
     * How GitHub writes the repository in a token's subject. `ids`: `repo:<owner>@<owner id>/<name>@<id>`, as of each repository that
     * was made, renamed or transferred after 15 July 2026. `names`: `repo:<owner>/<name>`, as of older ones. `both`: while one moves.
     */
    subjects: z.enum(["ids", "names", "both"], "must be ids, names or both").default("ids"),
    /**
     * Whether the account stack makes GitHub's identity provider in IAM, or it is there already: an account has one at most, for all regions.
     * @default "made"
     */
    provider: z.enum(["made", "existing"], "must be made or existing").optional(),
    /** Its turn: a pipeline deploys an environment after those of lower stages, such as 2 for what follows a trial in 1. @default 1 */
    stage: z.int("must be a whole number").min(1, "must be at least 1").optional(),
  },
  "must be { kind, repositoryId, ownerId }",
);

/**
 * Where states live. `s3`: the bucket that the account stack makes, one for an account and region, encrypted and locked.
 * `local`: a folder below the repository, for a look without any AWS.
 */
const state = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("s3") }),
    z.strictObject({
      kind: z.literal("local"),
      directory: text(
        /^(?!(.*\/)?\.\.(\/|$))[\w.-]+(\/[\w.-]+)*$/,
        "must be a folder below the repository, of letters, digits, dots, dashes and slashes, such as .state",
      ),
    }),
  ],
  "must be one of s3, local",
);

/** What every team must agree on. What only one team decides stands in that workspace's settings. */
export const environmentSchema = z.strictObject({
  name: label(16),
  /** AWS account, 12 digits. A deploy with credentials of another account is refused. */
  account: text(/^\d{12}$/, "must be an AWS account id of 12 digits, as a string"),
  /** AWS region of the partition `aws`, such as ap-northeast-1. */
  region,
  /** Domain that every app's host name ends with. */
  domain: domainName,
  state,
  /** By short id: "a" makes the cluster dev-a. Two clusters make an upgrade by weighted target groups possible (S0.6). */
  clusters: z
    .record(text(/^[a-z][a-z0-9]{0,3}$/, "must be a short id of at most 4 letters and digits, such as a"), cluster)
    .refine(
      (clusters) => Object.keys(clusters).length > 0,
      "must name at least one cluster, such as a: { version, compute }",
    )
    .refine(
      (clusters) => Object.values(clusters).some(({ weight }) => weight !== 0),
      "must have a cluster whose weight is above 0: Route 53 takes none of all for each alike",
    ),
  /** One kind; two while traffic moves from one to the other. */
  exposures: z
    .array(exposure)
    .min(1, "must name an exposure: no app could be reached")
    .max(2, "may name two exposures at most: the one traffic leaves and the one it moves to")
    .refine(
      (exposures) => exposures.length === 0 || exposures.some((one) => one.weight !== 0),
      "must have one whose weight is above 0: Route 53 takes none of all for each alike",
    ),
  /** Whether the environment has a database and a queue for apps to share, which infra's settings then tell of. @default true */
  data: z.boolean("must be true or false").default(true),
  teams: z.record(label(20), team),
  /** @default none: people plan and deploy, each as their team */
  pipelines: pipelines.optional(),
});

/** An environment as its file gives it. */
export type EnvironmentInput = z.input<typeof environmentSchema>;

/** An environment that passed validation. */
export type Environment = Readonly<z.output<typeof environmentSchema>>;
export type Compute = z.output<typeof compute>;
export type ComputeKind = Compute["kind"];
export type Exposure = z.output<typeof exposure>;
export type ExposureKind = Exposure["kind"];
export type Team = z.output<typeof team>;
export type Pipelines = z.output<typeof pipelines>;
