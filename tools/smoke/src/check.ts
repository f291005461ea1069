import type { Environment } from "@demarc/shared/environment";
import type { Aws } from "./aws";

/** Something that no simulator can answer, asked of a real account. */
export interface Check {
  /** Short name, as docs/verified.md has it. */
  readonly id: string;
  /** What is asked. */
  readonly asks: string;
  /** Why only AWS can answer it. */
  readonly onlyAws: string;
  /** What must be so. */
  readonly expected: string;
  /** What is not so, a sentence each. It reads, and nothing else. */
  readonly problems: (aws: Aws, environment: Environment) => Promise<string[]>;
}

/** How a check went. */
export interface Outcome {
  readonly check: Check;
  /** None: it holds. */
  readonly problems: readonly string[];
}

/** Asks them one after another. What cannot be asked does not hold. */
export async function run(checks: readonly Check[], aws: Aws, environment: Environment): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const check of checks) outcomes.push({ check, problems: await asked(check, aws, environment) });
  return outcomes;
}

async function asked(check: Check, aws: Aws, environment: Environment): Promise<string[]> {
  try {
    return await check.problems(aws, environment);
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return [`it cannot be asked (${reason})`];
  }
}

/** What is gone, by the names that AWS's services give it. */
const GONE = ["ResourceNotFoundException", "TargetGroupNotFoundException"];

/** The answer about something that was listed just now; undefined where it has gone meanwhile, as what a deploy replaces does. */
export async function unlessGone<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && GONE.includes(error.name)) return undefined;
    throw error;
  }
}

/** A report for a person: each check, what was found where it does not hold, and why AWS was asked. */
export function report(outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap(({ check, problems }) => [
    `${problems.length === 0 ? "holds" : "FAILS"}  ${check.id}: ${check.expected}`,
    ...(problems.length === 0 ? [] : [`       asked of AWS because ${check.onlyAws}`]),
    ...problems.map((problem) => `       ${problem}`),
  ]);
}
