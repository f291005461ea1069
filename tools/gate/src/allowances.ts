import { existsSync, readFileSync } from "node:fs";
import { InvalidInput, parse } from "@demarc/shared/environment/problems";
import { z } from "zod";
import { type Finding, type Found, type Rule, RULES } from "./finding";

/** A reviewed line that lets one finding pass until a day. */
export interface Allowance {
  readonly rule: Rule;
  /** Id of the stack, such as `dev-data`. */
  readonly stack: string;
  /** The finding's own, to the letter. */
  readonly address: string;
  readonly reason: string;
  /** Last day on which it holds, such as `2026-12-31`. */
  readonly until: string;
}

/** Whose word an allowance needs: a workspace's own team's, or that of the owners of packages/shared. */
export type Reviewer = "workspace" | "shared";

/**
 * What a team loses of its own, it may decide alone. Whatever reaches others, or widens what the team may do, is decided together
 * (docs/decisions/0037-the-gate.md).
 */
const REVIEWERS: Readonly<Record<Rule, Reviewer>> = {
  state: "workspace",
  rename: "workspace",
  dependents: "shared",
  contract: "shared",
  ownership: "shared",
  exposure: "shared",
  permissions: "shared",
  unseen: "shared",
};

const allowance = z.strictObject({
  rule: z.enum(RULES, `must be one of ${RULES.join(", ")}`),
  stack: z.string().regex(/^[a-z0-9-]+$/, "must be the id of a stack, such as dev-data"),
  address: z.string().regex(/^[^*]+$/, "must be one address of Terraform's, as the refusal has it: no pattern"),
  reason: z.string().trim().min(1, "must say why"),
  until: z.iso.date("must be a day that there is, such as 2026-12-31"),
});

/**
 * The lines of an `allowances.json`.
 * @param subject what an error calls the file
 * @param reviewer whose file it is
 * @throws InvalidInput with all that is wrong
 */
export function parseAllowances(subject: string, content: unknown, reviewer: Reviewer): Allowance[] {
  const right = allowance.refine(({ rule }) => REVIEWERS[rule] === reviewer, {
    path: ["rule"],
    error:
      reviewer === "workspace"
        ? "is a rule of what others rely on: its allowances stand in packages/shared/allowances.json"
        : "is a rule of what a team has of its own: its allowances stand in allowances.json beside its workspace's package.json",
  });
  return parse(subject, z.array(right), content);
}

/** @returns none where there is no such file. @throws InvalidInput with all that is wrong */
export function readAllowances(subject: string, file: string, reviewer: Reviewer): Allowance[] {
  if (!existsSync(file)) return [];
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new InvalidInput([
      { subject, problems: [{ path: "", message: "it is no JSON; write a list of allowances" }] },
    ]);
  }
  return parseAllowances(subject, content, reviewer);
}

/** What was found, each with how it may pass; what is allowed, as allowed; then the allowances that do nothing. */
export function judged(
  found: readonly Found[],
  stack: string,
  allowances: readonly Allowance[],
  today: string,
): Finding[] {
  const own = allowances.filter((each) => each.stack === stack);
  const fits = (one: Pick<Found, "rule" | "address">) => (each: Allowance) =>
    each.rule === one.rule && each.address === one.address;
  const findings = found.map((one): Finding => {
    const fitting = own.filter(fits(one));
    const valid = fitting.find(({ until }) => until >= today);
    if (valid !== undefined) {
      return { ...one, stack, verdict: "allowed", allow: `allowed until ${valid.until}: ${valid.reason}` };
    }
    const [expired] = fitting;
    const late = expired === undefined ? "" : `Its allowance expired on ${expired.until}. `;
    return { ...one, stack, verdict: "refused", allow: `${late}${wayOut(one, stack)}` };
  });
  const idle = own.filter((each) => !found.some((one) => fits(one)(each)));
  return [
    ...findings,
    ...idle.map(({ rule, address, until }): Finding => {
      const late = until < today ? `, and expired on ${until}` : "";
      const reason = `an allowance fits nothing of this plan${late}: where it was applied, take the line out`;
      return { rule, address, stack, reason, verdict: "told", allow: "" };
    }),
  ];
}

function wayOut({ rule, address, instead }: Found, stack: string): string {
  const line = JSON.stringify({ rule, stack, address, reason: "…", until: "YYYY-MM-DD" });
  const file =
    REVIEWERS[rule] === "shared"
      ? "packages/shared/allowances.json, which its owners review"
      : "allowances.json beside the workspace's package.json, which its team reviews";
  return [...(instead === undefined ? [] : [`${instead}.`]), `Or allow it by a line of ${file}: ${line}`].join(" ");
}
