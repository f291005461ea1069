import { z } from "zod";

const tags = z.record(z.string(), z.string());

/** A policy, its document as JSON text: the same text again and again is read once. */
export const namedText = z.object({ name: z.string(), document: z.string() });

const context = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** Whoever calls: a session of a role, with what IAM knows of the role. */
export const identity = z.object({
  role: z.string(),
  session: z.string(),
  /** Of the role and of the session, the session's own over the role's. */
  tags,
  policies: z.array(namedText),
  boundary: namedText.nullable(),
  /** What the session was narrowed to when the role was assumed. */
  sessionPolicy: namedText.nullable(),
});

/** Something that a call may act on, with what the local AWS knows of it. */
const resource = z.object({ arn: z.string(), context, policy: namedText.optional() });

/** One action that a call needs. Most calls need one; some besides may pass a role, or tag what they make. */
const question = z.object({
  action: z.string(),
  /** Those of them that the action does not act on are left out. */
  resources: z.array(resource),
  /** Condition keys of the request. */
  context,
});

/** A call before it is served. */
export const call = z.object({
  account: z.string(),
  region: z.string(),
  identity,
  /** As the API names it: `ec2`, `RunInstances`. */
  service: z.string(),
  operation: z.string(),
  /** None where AWS asks no policy. */
  questions: z.array(question),
  /** Why its questions could not be put. */
  fault: z.string().optional(),
});

export type Identity = z.infer<typeof identity>;
export type PolicyText = z.infer<typeof namedText>;
export type AskedResource = z.infer<typeof resource>;
export type AskedQuestion = z.infer<typeof question>;
export type Call = z.infer<typeof call>;

/** What a policy refused. */
export const refusal = z.object({
  action: z.string(),
  /** `*` where the action knows no resources. */
  resource: z.string(),
  by: z.enum(["identity policy", "boundary", "session policy", "resource policy"]),
  /** Name of the policy that refused: its ARN, or an inline policy's name; absent where no policy of a kind allows. */
  policy: z.string().optional(),
  statement: z.string().optional(),
  /** A Deny refused; otherwise nothing allowed it. */
  explicit: z.boolean(),
  /** As AWS writes it. */
  message: z.string(),
});

export type Refusal = Readonly<z.infer<typeof refusal>>;

/**
 * - `allowed`, `refused`: every action of the call was judged, with what it acts on.
 * - `unjudged`: for `reason` nobody knows what AWS would say, and the call is served.
 */
export type Decision =
  | { readonly outcome: "allowed" }
  | { readonly outcome: "refused"; readonly refusal: Refusal }
  | { readonly outcome: "unjudged"; readonly reason: string };
