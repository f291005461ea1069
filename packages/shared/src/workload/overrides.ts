import { z } from "zod";

/** Volume with the authorities of the database's certificate. */
export const DATABASE_CA_VOLUME = "database-ca";

const reason = z.string().trim().min(10, "must say why, in a sentence: whoever is on call reads it on the Deployment");

/**
 * The defaults that an app may leave, each by its name and with a reason. What is not here cannot be left: the namespace's
 * Pod Security level, `restricted`, would refuse the pod.
 */
export const overrides = z.strictObject({
  /** Folders that the image writes to, each an empty volume that goes with the pod. @default none: a read-only file system */
  writablePaths: z
    .strictObject({
      paths: z
        .array(
          z
            .string()
            .regex(
              /^(\/(?!\.{1,2}(\/|$))[\w.-]*[A-Za-z0-9][\w.-]*)+$/,
              'must be a folder from the root, such as "/tmp"',
            )
            .max(63, "must be at most 63 characters: a volume is named after it"),
        )
        .min(1, "must name at least one folder")
        .refine(
          (paths) => new Set(paths.map(volumeName)).size === paths.length,
          "names two folders whose volumes would have one name; write each folder once, and the same letters in one case only",
        )
        .refine(
          (paths) => !paths.some((path) => volumeName(path) === DATABASE_CA_VOLUME),
          `names a folder whose volume would be ${DATABASE_CA_VOLUME}, as that of the database's authorities is; take another`,
        )
        .readonly(),
      /** Size of each, in MiB: a pod that writes more is evicted. @default 256 */
      megabytes: z.int().min(1, "must be at least 1").default(256),
      reason,
    })
    .optional(),
  /** The image writes all over its own file system. Prefer `writablePaths`. @default a read-only file system */
  writableRootFilesystem: z.strictObject({ reason }).optional(),
  /** Where pods run on Fargate: they take more than the 20 GiB of disk that come with each. @default no more than that */
  moreDisk: z.strictObject({ reason }).optional(),
  /** User and group, by number, that the image must run as. @default 65532, the `nonroot` of distroless images */
  runAsUser: z
    .strictObject({
      uid: z
        .int()
        .min(1, "must be a user other than root, by number")
        .max(2 ** 31 - 1, "is no user id"),
      reason,
    })
    .optional(),
  /**
   * The image is named by a tag, which somebody can move to another image. This says why and permits nothing: the cluster lets it in
   * once the platform lists it, in tenancy.teams.<team>.mutableImages of k8s-platform's settings. @default a digest is required
   */
  mutableImageTag: z.strictObject({ reason }).optional(),
  /** One replica is enough: the app is away whenever its node is. @default at least two */
  singleReplica: z.strictObject({ reason }).optional(),
  /** The app goes on serving after SIGTERM by itself. @default a pause before SIGTERM */
  noPauseBeforeStop: z.strictObject({ reason }).optional(),
});

/** Name of a writable folder's volume: "/var/log" has "var-log". */
export function volumeName(path: string): string {
  return path
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/**
 * The reasons of what an app overrides, as annotations of its Deployment: `overrides.demarc/run-as-user`. They are notes and permit
 * nothing: admission refuses apps what begins with `demarc/`, which is the platform's.
 */
export function overrideReasons(chosen: z.output<typeof overrides>): Record<string, string> {
  const entries = Object.entries(chosen).flatMap(([name, override]) =>
    override === undefined ? [] : [[`overrides.demarc/${kebab(name)}`, override.reason] as const],
  );
  return Object.fromEntries(entries);
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
