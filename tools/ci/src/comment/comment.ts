import { hasFailed, type StackSummary, type Summary } from "../plan/summary";
import { block, details, escaped, name } from "./markdown";

/** By this a workflow finds the comment that it wrote before. */
export const MARKER = "<!-- demarc: what this changes -->";

/** GitHub takes 65,536 characters. */
const LIMIT = 65_000;

/** Room for what is said at the end of a comment that is cut. */
const ROOM = 300;

/** Most resources that are told of one stack. */
const LINES = 100;

/** A part of the comment. `short` takes its place where that is too long. */
interface Part {
  readonly full: string;
  readonly short?: string;
}

const SIGNS: Readonly<Record<StackSummary["resources"][number]["action"], string>> = {
  ...{ create: "+", update: "!", replace: "-/+", delete: "-" },
  ...{ forget: "- (forget)", import: "+ (import)", move: "! (move)" },
};

/** One comment in Markdown for all environments, which GitHub takes. */
export function comment(summaries: readonly Summary[]): string {
  const isDrift = summaries.some(({ of }) => of === "drift");
  const head = `${MARKER}\n## ${isDrift ? "What was changed by hand" : "What this changes"}`;
  if (summaries.length === 0) return `${head}\n\nNo workspace of any environment is affected.\n`;
  return fitted(head, summaries.flatMap(partsOf));
}

function fitted(head: string, parts: readonly Part[]): string {
  let [text, left] = [head, 0];
  const add = (more: string) => {
    const isRoom = text.length + more.length + 2 <= LIMIT - ROOM;
    if (isRoom) text += `\n\n${more}`;
    return isRoom;
  };
  for (const { full, short = full } of parts) if (!add(full) && !add(short)) left++;
  const isCut =
    left > 0
      ? `\n\n${String(left)} more parts are left out, for a comment has no room for them: the jobs' logs have all.`
      : "";
  return `${text}${isCut}\n`;
}

function partsOf(summary: Summary): Part[] {
  const { environment, fault, stacks, contracts, findings, notReviewed } = summary;
  const failed = summary.of === "drift" ? "it could not be looked at whole" : "it cannot be applied";
  const said = hasFailed(summary) ? failed : sentenceOf(summary);
  return [
    { full: `### ${name(environment)}: ${said}` },
    ...(fault === undefined ? [] : [{ full: block(fault.split("\n").slice(0, LINES)) }]),
    ...listed("Not reviewed, so somebody has to approve it", notReviewed.map(name)),
    ...listed(
      "Contracts that change",
      contracts.map((change) => contractLine(change)),
    ),
    ...findings
      .filter(({ verdict }) => verdict !== "told")
      .map(({ stack, verdict, rule, address, reason, allow }) => ({
        full: `${verdict === "refused" ? "**Refused**" : "Allowed"} (${escaped(rule)}), ${name(stack)}:\n\n${block([address, reason, allow].filter((line) => line !== ""))}`,
        short: `${verdict === "refused" ? "**Refused**" : "Allowed"} (${escaped(rule)}), ${name(stack)}`,
      })),
    ...stacks.filter(({ outcome }) => outcome !== "unchanged").map((stack) => stackPart(stack, summary.of)),
  ];
}

function listed(what: string, lines: readonly string[]): Part[] {
  if (lines.length === 0) return [];
  return [
    {
      full: `**${what}:**\n${lines.map((line) => `\n- ${line}`).join("")}`,
      short: `**${what}:** ${String(lines.length)}`,
    },
  ];
}

function sentenceOf({ of, stacks }: Summary): string {
  const changed = stacks.filter(({ outcome }) => outcome === "changes").length;
  const later = stacks.filter(({ outcome }) => outcome === "later").length;
  if (of === "drift")
    return `${String(changed)} of ${String(stacks.length)} stacks ${changed === 1 ? "is" : "are"} concerned`;
  const all = `${String(changed)} of ${String(stacks.length)} stacks ${changed === 1 ? "changes" : "change"}`;
  return later === 0 ? all : `${all}, ${String(later)} ${later === 1 ? "is" : "are"} planned later`;
}

function contractLine({ stack, contract, version, outputs, users }: Summary["contracts"][number]): string {
  const what = outputs.map(({ name: output, change }) => `${name(output)} is ${change}`).join(", ") || "it changes";
  const who = users.map(
    (use) => `${name(use.stack)} of team ${name(use.team)} uses ${use.outputs.map(name).join(", ")}`,
  );
  const used = who.length === 0 ? "nobody uses that" : who.join("; ");
  return `${name(`${contract} v${String(version)}`)} of ${name(stack)}: ${what}; ${used}`;
}

function stackPart(
  { id, workspace, team, outcome, because, resources, outputs }: StackSummary,
  of: Summary["of"],
): Part {
  const whose = `${name(id)}, ${name(workspace)}${team === undefined ? "" : ` of team ${name(team)}`}`;
  if (outcome === "failed") return { full: `**Failed:** ${whose}: ${escaped(because ?? "")}` };
  if (outcome === "later") return { full: `Planned later: ${whose}: it ${escaped(because ?? "")}` };
  const counted = `${whose}: ${of === "drift" ? driftCounts(resources) : countsOf(resources)}`;
  const lines = resources.slice(0, LINES).map(({ address, action }) => `${SIGNS[action]} ${address}`);
  if (resources.length > LINES) lines.push(`  and ${String(resources.length - LINES)} more`);
  const told = outputs.length === 0 ? [] : [`Outputs that change: ${outputs.map(name).join(", ")}`];
  const content = [...(lines.length === 0 ? [] : [block(lines, "diff")]), ...told].join("\n\n");
  return { full: details(counted, content), short: counted };
}

function driftCounts(resources: StackSummary["resources"]): string {
  const gone = resources.filter(({ action }) => action === "delete").length;
  return `${String(resources.length - gone)} changed, ${String(gone)} gone`;
}

/** As Terraform counts, with replacements apart. */
function countsOf(resources: StackSummary["resources"]): string {
  const count = (...actions: readonly string[]) =>
    String(resources.filter(({ action }) => actions.includes(action)).length);
  const other = resources.filter(({ action }) => ["forget", "import", "move"].includes(action)).length;
  const counted = `${count("create")} to add, ${count("update")} to change, ${count("replace")} to replace, ${count("delete")} to destroy`;
  return other === 0 ? counted : `${counted}, ${String(other)} to move, import or forget`;
}
