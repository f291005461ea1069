/** One check that a resource of a plan fails with checkov, or a live object with kube-score. */
export interface Finding {
  /** Id of the check, such as CKV_AWS_27 or pod-probes. */
  readonly check: string;
  /** What the check asks for, in the program's words. */
  readonly title: string;
  /** Its stack; of a live object, its namespace. */
  readonly stack: string;
  /** Address in the stack, such as `aws_sqs_queue.queue_1A2B3C4D`; of a live object, such as `Deployment/petstore`. */
  readonly resource: string;
}

/** A check that a resource fails on purpose. */
export interface Exception {
  readonly check: string;
  /** Stack without environment and cluster, such as `network`, or namespace; `*` for each. */
  readonly stack: string;
  /** Address, where `*` stands for anything: the hash that CDKTF adds, or the whole name. */
  readonly resource: string;
  /**
   * Environments whose settings choose that it fails: it is good for those alone, and each of them needs it.
   * @default each environment that has the stack
   */
  readonly environments?: readonly string[];
  /** Why it is right that the check fails, for whoever reviews it. */
  readonly reason: string;
}

/** What was looked at. */
export interface Audited {
  readonly environment: string;
  /** Ids of its stacks; of live objects, their namespaces. */
  readonly stacks: readonly string[];
}

export interface Verdict {
  /** Findings that nobody has reviewed. */
  readonly unreviewed: readonly Finding[];
  /** Exceptions that are of this environment and that no finding in it needs any more: they would hide the next one. */
  readonly stale: readonly Exception[];
}

/** Holds the findings against the reviewed exceptions. */
export function judge(findings: readonly Finding[], exceptions: readonly Exception[], audited: Audited): Verdict {
  const own = exceptions.filter((exception) => isOf(exception, audited));
  return {
    unreviewed: findings.filter((finding) => !own.some((exception) => covers(exception, finding))),
    stale: own.filter((exception) => !findings.some((finding) => covers(exception, finding))),
  };
}

function isOf(exception: Exception, { environment, stacks }: Audited): boolean {
  if (exception.environments?.includes(environment) === false) return false;
  return exception.stack === "*" || stacks.some((stack) => isOfStack(exception, stack));
}

function covers(exception: Exception, { check, stack, resource }: Finding): boolean {
  if (exception.check !== check || !isOfStack(exception, stack)) return false;
  const pattern = exception.resource.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${pattern}$`).test(resource);
}

function isOfStack({ stack: name }: Exception, stack: string): boolean {
  return name === "*" || name === stack || stack.endsWith(`-${name}`) || stack.startsWith(`${name}-`);
}
