import { z } from "zod";
import { whenValid } from "../environment/problems";
import { HTTP_PATH, LONGEST_HTTP_PATH } from "../workload/http-path";

const whole = (unit: string, least: number, most: number) => {
  const rule = `must be ${String(least)} to ${String(most)}${unit}, says Elastic Load Balancing`;
  return z.int(rule).min(least, rule).max(most, rule);
};

const path = z
  .string("must be an HTTP path, such as /healthz")
  .regex(new RegExp(HTTP_PATH), "must be an HTTP path, such as /healthz")
  .max(LONGEST_HTTP_PATH, `must be at most ${String(LONGEST_HTTP_PATH)} characters: a load balancer takes no more`);

const code = "[2-4]\\d\\d";
const codes = 'must be HTTP codes of 200 to 499, as "200", "200,302" or "200-299"';

const intervalSeconds = whole(" seconds", 5, 300);
const timeoutSeconds = whole(" seconds", 2, 120);

/** What tells whether a pod takes requests. Limits: ELB's API, CreateTargetGroup, of target groups of an ALB. */
const health = z
  .strictObject({
    /** What is asked, on the app's own port. @default /index.html */
    path: path.default("/index.html"),
    /** Seconds from one question to the next. @default 30 */
    intervalSeconds: intervalSeconds.default(30),
    /** Seconds that an answer may take; less than the interval. @default 5 */
    timeoutSeconds: timeoutSeconds.default(5),
    /** Good answers in a row that make a pod healthy. @default 5 */
    healthyThreshold: whole(" answers", 2, 10).default(5),
    /** Bad answers in a row that make it unhealthy. @default 5 */
    unhealthyThreshold: whole(" answers", 2, 10).default(5),
    /** HTTP codes of a good answer. @default 200 */
    codes: z
      .string(codes)
      .regex(new RegExp(`^${code}(-${code})?(,${code}(-${code})?)*$`), codes)
      .default("200"),
  })
  .refine(({ intervalSeconds, timeoutSeconds }) => timeoutSeconds < intervalSeconds, {
    path: ["timeoutSeconds"],
    message: "must be less than intervalSeconds, says Elastic Load Balancing; lower it, or raise that",
    when: whenValid({ intervalSeconds: intervalSeconds.optional(), timeoutSeconds: timeoutSeconds.optional() }),
  });

/** How infra's ALB reaches the pods of an app, where the environment's exposure is `target-group-binding`. Elsewhere nobody asks. */
export const targetGroup = z.strictObject({
  /** TCP port that the containers listen on, of all its host names. The ALB may reach no other port of a pod. @default 80 */
  port: z
    .int("must be a TCP port, 1 to 65535")
    .min(1, "must be 1 to 65535")
    .max(65535, "must be 1 to 65535")
    .default(80),
  health: health.prefault({}),
  /** Seconds that requests under way get when a pod leaves. @default 300 */
  deregistrationSeconds: whole(" seconds", 0, 3600).default(300),
});

/** What a target group of an app is like. */
export type TargetGroup = z.output<typeof targetGroup>;

/** An app as far as it says what its target groups are like. */
interface WithTargetGroup {
  readonly targetGroup?: TargetGroup | undefined;
}

/** What each target group of an app is like, with the defaults where its registration says nothing. */
export function targetGroupOf(app: WithTargetGroup): TargetGroup {
  return app.targetGroup ?? targetGroup.parse({});
}

/**
 * Key of a target group in the contract `edge`: a host name has one in each cluster.
 * @param cluster its short id @param hostname first label
 */
export function targetGroupKey(cluster: string, hostname: string): string {
  return `${cluster}/${hostname}`;
}
