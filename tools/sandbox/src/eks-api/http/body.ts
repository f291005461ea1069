import { z } from "zod";
import { invalid, listProblems } from "./errors";

/** Name of a cluster, node group, profile or add-on: what EKS allows. */
export const resourceName = (max: number) =>
  z
    .string()
    .max(max)
    .regex(
      /^[0-9A-Za-z][0-9A-Za-z_-]*$/,
      "must be letters, digits, hyphens and underscores, and begin with a letter or digit",
    );

/** ARN of an IAM role, with or without a path. */
export const roleArn = z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, "must be the ARN of an IAM role");

/** Tags as AWS limits them: 50, keys to 128 and values to 256 characters, none that begins with aws:. */
export const tags = z
  .record(
    z
      .string()
      .min(1)
      .max(128)
      .refine((key) => !key.toLowerCase().startsWith("aws:"), "must not begin with aws:, which is reserved"),
    z.string().max(256),
  )
  .refine((all) => Object.keys(all).length <= 50, "must be 50 tags at most");

/**
 * Schema of a request body. A field that is not listed is refused, not dropped: what is dropped here would come back as drift
 * in the next plan, where nobody looks for it.
 */
export function requestBody<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject({ ...shape, clientRequestToken: z.string().optional() });
}

/**
 * The body as its schema describes it.
 *
 * @throws EksError InvalidParameterException with every problem: the field's path, the rule
 */
export function parseBody<Body>(schema: z.ZodType<Body>, body: unknown): Body {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw invalid(listProblems(result.error.issues.flatMap(describeIssue)));
}

function describeIssue(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.join(".") || "body";
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => {
        return `${[...issue.path, key].join(".")}: the sandbox's EKS API does not know this field`;
      });
    case "invalid_key":
      return issue.issues.map((inner) => `${path}: ${inner.message}`);
    default:
      return [`${path}: ${issue.message}`];
  }
}
