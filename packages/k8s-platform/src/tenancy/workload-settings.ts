import { LONGEST_GRACE_SECONDS } from "@demarc/shared/workload";
import { z } from "zod";

const COMPONENT = String.raw`[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*`;
/** The first part is a registry where it has a dot or a port: else it is a path of docker.io. */
const HOST = String.raw`(?=[^/]*[.:])[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?`;

const why = z.string().trim().min(10, "must say why, in a sentence: whoever reviews this reads it");

/** Where teams' images may come from, beside the account's own ECR. */
export const registries = z
  .array(
    z
      .string()
      .regex(
        new RegExp(`^${HOST}(/${COMPONENT})*$`),
        "must be a registry, or one with the first parts of a path, such as ghcr.io/example; Docker Hub is docker.io",
      ),
  )
  .readonly();

const mutableImage = z.strictObject({
  /** The image with its tag, or with ":*" any tag of it. */
  image: z
    .string()
    .regex(
      new RegExp(String.raw`^${HOST}(/${COMPONENT})+:(\*|\w[\w.-]{0,127})$`),
      "must be an image with its registry and tag, such as docker.io/library/postgres:17, or with :* for any tag; one with a digest needs no exception",
    ),
  reason: why,
});

/** The key of a taint. */
export const qualifiedName = z
  .string()
  .regex(
    /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/,
    "must be the key of a taint, such as example.com/gpu",
  );

/** The value of a taint. */
export const taintValue = z.string().regex(/^[\w.-]{0,63}$/, "must be the value of a taint");

const toleration = z.strictObject({
  key: qualifiedName,
  /** @default any */
  value: taintValue.optional(),
  /** @default any */
  effect: z
    .enum(["NoSchedule", "PreferNoSchedule", "NoExecute"], "must be one of NoSchedule, PreferNoSchedule, NoExecute")
    .optional(),
});

/** What one team's pods may have that others' may not. */
export const teamWorkloads = {
  /** Images that have no digest, or come from elsewhere. @default none */
  mutableImages: z.array(mutableImage).readonly().default([]),
  /** Taints that its pods may tolerate: nodes that are reserved for it. @default none */
  tolerations: z.array(toleration).readonly().default([]),
  /** The most seconds that its pods may take to stop. @default 600, after which the Cluster Autoscaler waits no longer either */
  longestGraceSeconds: z
    .int("must be a whole number")
    .min(1, "must be 1 to 900")
    .max(LONGEST_GRACE_SECONDS, "must be 1 to 900: EKS gives a node 15 minutes when it updates a group")
    .default(600),
};
