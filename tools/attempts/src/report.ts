import { z } from "zod";

const test = z.strictObject({ title: z.string(), passed: z.boolean() });

/** Something that a team tries, and what refuses it. */
export interface Attempt {
  readonly attempt: string;
  readonly refusedBy: string;
  /** Whether its test found it refused. */
  readonly refused: boolean;
}

/**
 * What was tried, from the tests that the reporter wrote down, a line of JSON each.
 * @throws Error for a title that does not say both, such as "a Service of type NodePort is refused by demarc-services"
 */
export function attemptsIn(text: string): Attempt[] {
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => attemptOf(test.parse(JSON.parse(line))));
}

function attemptOf({ title, passed }: z.output<typeof test>): Attempt {
  const [, attempt, refusedBy] = /^(.+?)[,:]?(?: is)? refused by (.+)$/s.exec(title) ?? [];
  if (attempt === undefined || refusedBy === undefined)
    throw new Error(
      `"${title}" does not say what is tried and what refuses it; write "<attempt> is refused by <rule>"`,
    );
  return { attempt, refusedBy, refused: passed };
}

/** The attempts as a table, by what refuses them, and a last line that sums up. */
export function report(attempts: readonly Attempt[]): string[] {
  const rows = [...attempts].sort((one, other) => compare(key(one), key(other)));
  const width = Math.max(0, ...rows.map(({ refusedBy }) => refusedBy.length));
  const letIn = attempts.filter(({ refused }) => !refused).length;
  return [
    ...rows.map(
      ({ attempt, refusedBy, refused }) => `${refused ? "refused" : "LET IN "}  ${refusedBy.padEnd(width)}  ${attempt}`,
    ),
    `${attempts.length} attempts, ${letIn} let in`,
  ];
}

/** Why a run of attempts has failed: some were let in, or so few were made that tests must have been left out. */
export function failures(attempts: readonly Attempt[], least: number): string[] {
  const letIn = attempts.filter(({ refused }) => !refused).map((it) => `let in: ${it.attempt} (${it.refusedBy})`);
  if (attempts.length >= least) return letIn;
  return [
    ...letIn,
    `only ${attempts.length} attempts were made, and at least ${least} are known: was a step left out?`,
  ];
}

const key = ({ refused, refusedBy, attempt }: Attempt) => `${refused ? 1 : 0} ${refusedBy} ${attempt}`;

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
