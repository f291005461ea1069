/** Prefixes of IAM's actions, where the local AWS calls the service otherwise. */
const PREFIXES: Readonly<Record<string, string>> = {
  elb: "elasticloadbalancing",
  elbv2: "elasticloadbalancing",
  application_autoscaling: "application-autoscaling",
  events: "events",
};

/** Actions that cover an operation of another name, as the service authorization reference tells them. */
const NAMES: Readonly<Record<string, string>> = {
  "s3:HeadBucket": "s3:ListBucket",
  "s3:HeadObject": "s3:GetObject",
  "s3:ListBuckets": "s3:ListAllMyBuckets",
  "s3:ListObjects": "s3:ListBucket",
  "s3:ListObjectsV2": "s3:ListBucket",
  "s3:ListObjectVersions": "s3:ListBucketVersions",
  "s3:DeleteObjects": "s3:DeleteObject",
};

/**
 * IAM's action of an operation that was called: most bear its name. Whether there is such an action the judge knows.
 *
 * @param service as the local AWS names it: `elbv2` @param operation as the API names it: `RegisterTargets`
 */
export function iamAction(service: string, operation: string): string {
  const action = `${PREFIXES[service] ?? service}:${operation}`;
  return NAMES[action] ?? action;
}
