import { z } from "zod";
import { hostname } from "../apps";
import { whenValid } from "../environment";
import { restApiSettings } from "../exposure/rest-api/settings";
import { terraformLiteral } from "../json";
import { HTTP_PATH, LONGEST_HTTP_PATH } from "./http-path";
import { overrides } from "./overrides";
import { graceSeconds, LONGEST_GRACE_SECONDS } from "./stopping";
import { bytes, canonical, CPU_QUANTITY, MEMORY_QUANTITY, millicores } from "../quantity";

/** Address of an image: registry, repository, tag and digest, of which WebApplication requires the last. */
export const imageReference = z
  .string()
  .regex(
    /^[a-z0-9]+([._-][a-z0-9]+)*(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:\w[\w.-]{0,127})?(@sha256:[a-f0-9]{64})?$/,
    "must be an image, such as registry.example.com/shop/storefront:1.4@sha256:<64 hex digits>",
  );

const least = z.int().min(1, "must be at least 1");

/** How many pods, and what makes the HorizontalPodAutoscaler add or remove one. */
export const replicas = z
  .strictObject({
    min: least,
    max: least,
    /** CPU in use, in percent of what is requested, that the autoscaler keeps to. @default 70 */
    cpuPercent: z.int().min(10, "must be 10 to 100").max(100, "must be 10 to 100").default(70),
  })
  .refine(({ min, max }) => min <= max, {
    message: "has a min above its max; raise max or lower min",
    when: whenValid({ min: least, max: least }),
  });

const cpu = z
  .string()
  .regex(CPU_QUANTITY, 'must be CPUs or thousandths of one and more than 0, such as "0.5" or "500m"')
  .overwrite(canonical);
const memory = z
  .string()
  .regex(MEMORY_QUANTITY, 'must be an amount of memory with its unit and more than 0, such as "256Mi"')
  .overwrite(canonical);
const amount = z.strictObject({ cpu, memory });

/**
 * What one pod is sure of, and what it may not exceed. Both are required: the scheduler and the quota count with them. On Fargate a pod is
 * sure of what it may not exceed.
 */
const resources = z
  .strictObject({ requests: amount, limits: amount })
  .refine(({ requests, limits }) => millicores(requests.cpu) <= millicores(limits.cpu), {
    path: ["requests", "cpu"],
    message: "is above limits.cpu; raise the limit or request less",
    when: whenValid({ requests: z.object({ cpu }), limits: z.object({ cpu }) }),
  })
  .refine(({ requests, limits }) => bytes(requests.memory) <= bytes(limits.memory), {
    path: ["requests", "memory"],
    message: "is above limits.memory; raise the limit or request less",
    when: whenValid({ requests: z.object({ memory }), limits: z.object({ memory }) }),
  });

const httpPath = z
  .string()
  .regex(new RegExp(HTTP_PATH), "must be an HTTP path, such as /healthz")
  .max(LONGEST_HTTP_PATH, `must be at most ${String(LONGEST_HTTP_PATH)} characters: a load balancer takes no more`);

const probes = z.strictObject({
  /** Answers 200 once the app can serve; the load balancer asks it too. */
  readiness: httpPath,
  /** Answers 200 as long as a restart would not help. It must not ask the database. */
  liveness: httpPath,
  /** Seconds that the app may take to start before it is restarted. @default 60 */
  startupSeconds: z.int().min(5, "must be 5 to 600").max(600, "must be 5 to 600").default(60),
});

/** An address outside of the app that it opens connections to. */
const peer = z.strictObject({
  cidr: z.cidrv4("must be an IPv4 range, such as 203.0.113.0/24"),
  port: z.int().min(1, "must be 1 to 65535").max(65535, "must be 1 to 65535"),
});

const MADE = "must be made by allow(…).on(…)";
const texts = z.array(z.string(MADE), MADE).readonly();
const statement = z.object(
  {
    Effect: z.enum(["Allow", "Deny"], MADE),
    Action: texts.refine(
      (actions) => !actions.some((action) => /^rds-db:/i.test(action)),
      "asks by hand to sign in to the database; say database: true, which asks for the app's own user",
    ),
    Resource: texts,
    Condition: z
      .record(z.string(), z.record(z.string(), z.union([z.string(), texts], MADE), MADE), MADE)
      .exactOptional(),
  },
  MADE,
);

const variableName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/, "must be upper case letters, digits and underscores")
  .regex(/^(?!AWS_|DATABASE_|QUEUE_)/, "must not begin with AWS_, DATABASE_ or QUEUE_: those are set for the app");

const shape = z.strictObject({
  /** By digest: a tag can be moved to another image. Where there is none: `overrides.mutableImageTag`. */
  image: imageReference,
  /** TCP port that the container listens on; named `http`. */
  port: z
    .int("must be a TCP port")
    .min(1024, "must be 1024 to 65535: below, only root may listen")
    .max(65535, "must be 1024 to 65535"),
  /** First label of the host name; the environment's domain follows. One that is registered for the app. @default the only one */
  hostname: hostname.optional(),
  replicas,
  resources,
  probes,
  /** Seconds that requests under way get when a pod leaves: the load balancer's deregistration delay. @default 20 */
  drainSeconds: z.int().min(1, "must be 1 to 3600").max(3600, "must be 1 to 3600").default(20),
  /** Seconds between SIGTERM and the end, for what the app does at last. @default 30 */
  stopSeconds: z.int().min(1, "must be 1 to 600").max(600, "must be 1 to 600").default(30),
  /** Environment variables; no secrets: they can be read in the cluster and in the state. @default none */
  variables: z.record(variableName, z.string()).default({}),
  /** Connects to the environment's database as the PostgreSQL user that is registered for the app. @default no */
  database: z.boolean().default(false),
  /** What the app does with the environment's queue. @default nothing */
  queue: z.enum(["send", "receive", "send-and-receive"], "must be send, receive or send-and-receive").optional(),
  /** What else the app's own role may do in AWS: `allow(…).on(…)`. @default nothing */
  permissions: z
    // IAM has variables of its own, such as ${aws:PrincipalTag/team}.
    .array(statement.transform((asked) => statement.parse(JSON.parse(terraformLiteral(JSON.stringify(asked))))))
    .readonly()
    .default([]),
  /** What the app opens connections to, beside the database, AWS and DNS. @default nothing else */
  connectsTo: z.array(peer).readonly().default([]),
  /** Its REST API, for environments whose apps are reached by such; elsewhere nobody asks. @default none */
  api: restApiSettings.optional(),
  /** Defaults that the app leaves, each with its reason. @default none */
  overrides: overrides.default({}),
});

const { drainSeconds, stopSeconds } = shape.shape;

/** What an app asks for: data, checked once, all of it. */
export const webApplication = shape
  .refine(({ image, overrides }) => image.includes("@sha256:") || overrides.mutableImageTag !== undefined, {
    path: ["image"],
    message:
      "must end with its digest, @sha256:<64 hex digits>: a tag can be moved to another image; where there is no digest, say why in overrides.mutableImageTag and have the owners of k8s-platform list the image",
    when: whenValid({ image: imageReference, overrides: shape.shape.overrides }),
  })
  .refine(({ image, overrides }) => !(image.includes("@sha256:") && overrides.mutableImageTag !== undefined), {
    path: ["overrides", "mutableImageTag"],
    message: "is not needed, for the image has its digest; remove it",
    when: whenValid({ image: imageReference, overrides: shape.shape.overrides }),
  })
  .refine(({ replicas, overrides }) => replicas.min > 1 || overrides.singleReplica !== undefined, {
    path: ["replicas", "min"],
    message:
      "must be at least 2, or the app is away whenever its node is; where that is fine, say why in overrides.singleReplica",
    when: whenValid({ replicas, overrides: shape.shape.overrides }),
  })
  .refine((settings) => graceSeconds(settings) <= LONGEST_GRACE_SECONDS, {
    path: ["drainSeconds"],
    message: `gives a pod, with 10 seconds for the load balancer's controller and stopSeconds, more than ${String(LONGEST_GRACE_SECONDS)} seconds to stop, and EKS gives a node 15 minutes; lower one of the two`,
    when: whenValid({ drainSeconds, stopSeconds, overrides: shape.shape.overrides }),
  });

/** What an app asked for, valid, with its defaults. */
export type WebApplicationSettings = z.output<typeof webApplication> & { readonly hostname: string };
