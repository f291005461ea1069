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
  /** Why it is right that the check fails, for whoever reviews it. */
  readonly reason: string;
}

export interface Verdict {
  /** Findings that nobody has reviewed. */
  readonly unreviewed: readonly Finding[];
  /** Exceptions that no finding needs any more: they would hide the next one. */
  readonly stale: readonly Exception[];
}

/** Holds the findings against the reviewed exceptions. */
export function judge(findings: readonly Finding[], exceptions: readonly Exception[]): Verdict {
  return {
    unreviewed: findings.filter((finding) => !exceptions.some((exception) => covers(exception, finding))),
    stale: exceptions.filter((exception) => !findings.some((finding) => covers(exception, finding))),
  };
}

function covers(exception: Exception, { check, stack, resource }: Finding): boolean {
  if (exception.check !== check) return false;
  const isOfStack = exception.stack === "*" || exception.stack === stack;
  if (!isOfStack && !stack.endsWith(`-${exception.stack}`) && !stack.startsWith(`${exception.stack}-`)) return false;
  const pattern = exception.resource.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${pattern}$`).test(resource);
}
