import type { Servers } from "../local-aws/servers";
import { type RecordedRefusal, recordedCalls, type RecordedCalls } from "../judge/record";
import { PATHS } from "../judge/server";
import type { Session } from "../session";
import { fileToChange } from "./file-to-change";

/** All that the judge was asked since the local AWS was started. */
export async function takenCalls({ judgeUrl }: Where["servers"]): Promise<RecordedCalls> {
  return recordedCalls.parse(await (await fetch(`${judgeUrl}${PATHS.calls}`)).json());
}

interface Where {
  readonly layout: Pick<Session["layout"], "root">;
  readonly servers: Pick<Servers, "judgeUrl">;
}

/** What IAM has refused since a time, in milliseconds. None where no judge answers any more: then nothing else does either. */
export async function refusedSince(since: number, { layout, servers }: Where): Promise<string[]> {
  const { refusals } = await takenCalls(servers).catch(() => ({ refusals: [] }));
  const lines = refusalLines(
    layout.root,
    refusals.filter(({ at }) => Date.parse(at) >= since),
  );
  return lines.length === 0 ? [] : ["IAM refused meanwhile:", ...lines];
}

/**
 * What IAM refused, each with the role, the action, the resource, what refused, and the file to change.
 *
 * @param root the repository
 */
export function refusalLines(root: string, refusals: readonly RecordedRefusal[]): string[] {
  return refusals.flatMap((refusal) => {
    const { role, action, resource } = refusal;
    const file = fileToChange(root, refusal);
    const change = file === undefined ? [] : [`    change ${file}`];
    return [`  ${nameOf(role)}: ${action} on ${resource}: ${whyOf(refusal)}`, ...change];
  });
}

function whyOf({ by, policy, statement, explicit }: RecordedRefusal): string {
  if (policy === undefined) return explicit ? `some ${by} denies it` : `no ${by} allows it`;
  if (!explicit) return `${by} ${policy} does not allow it`;
  return `${by} ${policy} denies it${statement === undefined ? "" : `, by statement ${statement}`}`;
}

/** A role's name with its path. */
export function nameOf(role: string): string {
  return role.slice(role.indexOf(":role/") + ":role/".length);
}
