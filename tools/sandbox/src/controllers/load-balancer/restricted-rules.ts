import type { SecurityRule } from "./security-groups";

/**
 * One rule for each group that is let in, from the lowest port to the highest, as the controller has it where its rules are restricted: all
 * bindings of the cluster together, whatever lies between. Ranges of addresses keep a rule for each port.
 */
export function restrictedRules(rules: readonly SecurityRule[]): SecurityRule[] {
  const byGroup = new Map<string, SecurityRule>();
  for (const rule of rules) {
    if (!("groupId" in rule.peer)) continue;
    const key = `${rule.protocol} ${rule.peer.groupId}`;
    const { from, to } = byGroup.get(key) ?? rule;
    byGroup.set(key, { ...rule, from: Math.min(from, rule.from), to: Math.max(to, rule.to) });
  }
  return [...byGroup.values(), ...rules.filter(({ peer }) => "cidr" in peer)];
}
