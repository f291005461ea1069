import type { Environment } from "@demarc/shared/environment";
import { devReachedBy, synthesized } from "@demarc/shared/testing";
import { retained } from "../testing/keys";
import { wafSettings } from "./settings";
import { addWebAcl, webAclProblems } from "./stacks";

const guarded = devReachedBy({ kind: "alb-ingress", scheme: "internet-facing", waf: true });
const unguarded = devReachedBy({ kind: "alb-ingress", scheme: "internet-facing" });

const stacks = (environment: Environment, settings = wafSettings.parse({ rateLimit: 500 })) =>
  synthesized((app, of) => addWebAcl(app, of, settings, retained), environment);

describe("the web ACL of what leads to apps", () => {
  it("is there where the exposure asks for it, and associated by nobody of infra's", () => {
    expect(Object.keys(stacks(guarded))).toEqual(["dev-web-acl"]);
    expect(stacks(unguarded)).toEqual({});
    const api = { kind: "api-gateway", loadBalancer: "service" } as const;
    expect(Object.keys(stacks(devReachedBy({ ...api, waf: true })))).toEqual(["dev-web-acl"]);
    expect(stacks(devReachedBy(api))).toEqual({});
    const { "dev-web-acl": stack } = stacks(guarded);
    expect(stack?.resource("aws_wafv2_web_acl")).toMatchObject({ name: "dev-apps", scope: "REGIONAL" });
    expect(stack?.resources("aws_wafv2_web_acl_association")).toEqual([]);
    expect(stack?.outputs["webAcl_v1"]).toEqual({
      webAclArn: expect.stringMatching(/^\$\{aws_wafv2_web_acl\..*\.arn\}$/),
    });
  });

  it("is what the settings say, and writes its log where WAF may", () => {
    const { "dev-web-acl": stack } = stacks(guarded);
    expect(JSON.stringify(stack?.resource("aws_wafv2_web_acl"))).toContain('"limit":500');
    expect(stack?.resource("aws_cloudwatch_log_group")).toMatchObject({
      name: "aws-waf-logs-dev-apps",
      retention_in_days: 365,
      kms_key_id: expect.stringMatching(/keys_v1\.logKeyArn\}$/),
    });
  });

  it("has no settings where there is none", () => {
    expect(webAclProblems(guarded, {})).toEqual([]);
    expect(webAclProblems(unguarded, undefined)).toEqual([]);
    expect(webAclProblems(unguarded, {})).toMatchObject([
      { path: ["webAcl"], message: expect.stringContaining("no exposure of the environment has waf: true") },
    ]);
  });
});
