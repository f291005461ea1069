import { refusals } from "@demarc/k8s-platform/src/testing/admission";
import { policies } from "@demarc/k8s-platform/src/tenancy/policies";
import { attempts, CONTEXT, POLICIES } from "./team-attempts";

/** A policy with one rule needs its name only: what it refuses, that rule refuses. */
const rules = policies(CONTEXT)
  .filter((policy) => POLICIES.includes(policy.name) && policy.rules.length > 1)
  .flatMap(({ name, rules: all }) => all.map(({ message }) => ({ name, message })));

it.each(rules)("of $name one attempt breaks this rule alone, and names it: $message", ({ name, message }) => {
  const alone = attempts.some(({ refusedBy, says = "", how, plural, object }) => {
    if (refusedBy !== name || !message.includes(says) || how !== "create") return false;
    const request = { object, resource: plural, groups: CONTEXT.teamGroups };
    return refusals(name.replace("demarc-", ""), request, CONTEXT).join() === message;
  });
  expect(alone).toBe(true);
});

it("every attempt on a policy of several rules names one of them", () => {
  const unclear = attempts.filter(({ refusedBy, says = "" }) => {
    const all = rules.filter(({ name }) => name === refusedBy);
    return all.length > 0 && all.filter(({ message }) => message.includes(says)).length !== 1;
  });
  expect(unclear.map(({ name }) => name)).toEqual([]);
});
