import { isRecord } from "@demarc/shared/json";
import { roleIn, type SynthesizedStack } from "@demarc/shared/testing";
import { type Calls, callsOf } from "../testing/controller-calls";
import { addonsStack, dev } from "../testing/platform";
import { addons } from "./registry";

let stack: SynthesizedStack;
beforeAll(() => {
  stack = addonsStack();
});

const calls = callsOf(dev);
const cases = Object.entries(calls).flatMap(([name, made]) =>
  made.map((one) => ({ name, one, title: `${one.actions.join(", ")} of ${one.service} on ${one.on}` })),
);
const named = ({ service, actions }: Calls) => actions.map((action) => `${service}:${action}`);
const role = (name: string) => roleIn(stack, `dev-a-${name}`);

describe("a controller's role, held by its boundary too", () => {
  it.each(cases)("lets $name call what it calls: $title", async ({ name, one }) => {
    for (const action of named(one)) await expect(role(name)).toAllow(action, one.on, one.with);
  });

  const others = cases.flatMap(({ name, one }) => [
    ...(one.notOn === undefined ? [] : [{ name, actions: named(one), on: one.notOn, context: one.with }]),
    ...(one.notWith === undefined ? [] : [{ name, actions: named(one), on: one.on, context: one.notWith }]),
  ]);
  it.each(others)("does not let $name do so to another's: $actions on $on, $context", async (other) => {
    for (const action of other.actions) await expect(role(other.name)).toRefuse(action, other.on, other.context);
  });

  it("is known of every add-on that has one", () => {
    const withRole = addons.filter(({ permissions }) => permissions !== undefined);
    expect(Object.keys(calls).sort()).toEqual(withRole.map(({ name }) => name).sort());
  });

  it.each(Object.keys(calls))("lets %s do nothing that it does not call", (name) => {
    const allowed = role(name).identityPolicies.flatMap(({ policy }) => actionsIn(policy));
    expect([...new Set(allowed)].sort()).toEqual([...new Set(calls[name]?.flatMap(named))].sort());
  });
});

function actionsIn(policy: unknown): string[] {
  const statements = isRecord(policy) && Array.isArray(policy["Statement"]) ? policy["Statement"] : [];
  return statements.flatMap((statement) => (isRecord(statement) ? [statement["Action"]].flat().map(String) : []));
}
