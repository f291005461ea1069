import { parse } from "@demarc/shared/environment";
import { invalidOnly } from "@demarc/shared/testing";
import { albSettings, edgeSettings } from "./settings";

const read = (input: unknown) => parse("settings", edgeSettings, input);

describe("the settings of the load balancer that infra owns", () => {
  it("are safe where nothing is said", () => {
    expect(read({})).toEqual({ deletionProtection: true });
    expect(albSettings(read({}))).toEqual({
      accessLogRetentionDays: 365,
      waf: { rateLimit: 2000, countedRules: [], logRetentionDays: 365 },
    });
  });

  it.each<[string, unknown, string]>([
    ["a limit below WAF's least", { waf: { rateLimit: 9 } }, "waf.rateLimit: 9 must be 10 to 2000000000 requests"],
    ["no days", { accessLogRetentionDays: 0 }, "accessLogRetentionDays: 0 must be 1 to 3653 days"],
    ["days that CloudWatch has not", { waf: { logRetentionDays: 2 } }, "must be a number of days that CloudWatch"],
    [
      "a rule that does not block and nobody knows why",
      { waf: { countedRules: [{ group: "common", rule: "SizeRestrictions_BODY", reason: "" }] } },
      "must say why the rule may not block",
    ],
    [
      "a rule of a group that is not there",
      { waf: { countedRules: [{ group: "linux", rule: "LFI_BODY", reason: "x" }] } },
      "must be common or known-bad-inputs",
    ],
  ])("refuse %s", (_, input, message) => {
    expect(() => read(input)).toThrow(message);
  });

  it("are taken or refused with a sentence, whatever is mangled in them", () => {
    const counted = { group: "common", rule: "SizeRestrictions_BODY", reason: "Pictures" };
    const settings = { deletionProtection: true, waf: { rateLimit: 10, countedRules: [counted] } };
    expect(() => read(settings)).not.toThrow();
    invalidOnly(settings, read);
  });
});
