import type { Finding, Verdict } from "./finding";

const WORDS: Readonly<Record<Verdict, string>> = { refused: "REFUSED", allowed: "allowed", told: "note" };

/** What the gate says of some plans: a line for each finding, and one for how it passes. */
export function findingsText(findings: readonly Finding[]): string {
  const refused = findings.filter(({ verdict }) => verdict === "refused").length;
  const lines = findings.flatMap(({ stack, verdict, rule, address, reason, allow }) => [
    `${WORDS[verdict]} ${stack} ${address} (${rule}): ${reason}`,
    ...(allow === "" ? [] : [`  ${allow}`]),
  ]);
  return [...lines, summary(refused)].join("\n");
}

function summary(refused: number): string {
  if (refused === 0) return "Nothing in these plans is refused.";
  return `${refused === 1 ? "1 finding is" : `${String(refused)} findings are`} refused: change the code, or have it allowed.`;
}
