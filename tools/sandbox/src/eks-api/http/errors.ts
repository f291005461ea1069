/**
 * HTTP status per error type, as the EKS API reference gives them. No fault here is a 5xx: callers repeat those for minutes,
 * and nothing in a sandbox gets better by waiting.
 */
const STATUS = {
  AccessDeniedException: 403,
  BadRequestException: 400,
  InvalidParameterException: 400,
  InvalidRequestException: 400,
  MissingAuthenticationTokenException: 403,
  NotFoundException: 404,
  NotImplementedException: 501,
  ResourceInUseException: 409,
  ResourceLimitExceededException: 400,
  ResourceNotFoundException: 404,
} as const;

export type ErrorType = keyof typeof STATUS;

/** A refusal as AWS SDKs understand it: the type, not the status, tells a caller what to do. */
export class EksError extends Error {
  override readonly name = "EksError";

  constructor(
    readonly type: ErrorType,
    message: string,
  ) {
    super(message);
  }

  /** HTTP status to answer with. */
  get status(): number {
    return STATUS[this.type];
  }
}

/**
 * Throws one InvalidParameterException that names every problem, or returns when there is none.
 *
 * Terraform's provider waits two minutes when such a text contains "does not exist" (on real AWS a role may just not have
 * spread yet), so no problem is worded that way.
 */
export function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw invalid(listProblems(problems));
}

/** One text for all problems. */
export function listProblems(problems: readonly string[]): string {
  if (problems.length === 1) return problems.join();
  return [`${problems.length} problems:`, ...problems].join("\n  - ");
}

/** The refusal of one value. */
export function invalid(problem: string): EksError {
  return new EksError("InvalidParameterException", problem);
}

/** What went wrong, in words, whatever was thrown. */
export function reasonOf(fault: unknown): string {
  return fault instanceof Error ? fault.message || fault.name : String(fault);
}
