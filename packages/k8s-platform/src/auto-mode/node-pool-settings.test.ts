import { dev } from "@demarc/shared/testing";
import { settingsOf } from "../settings/resolve";
import type { K8sPlatformSettingsInput } from "../settings/schema";
import { devOn } from "../testing/platform";

const least = {
  requirements: [{ key: "kubernetes.io/arch", operator: "In", values: ["amd64"] }],
  limits: { cpu: "64", memory: "256Gi" },
};

/** What is said of these pools. Undefined: they are taken. */
function said(nodePools: unknown, environment = devOn("auto-mode")): string | undefined {
  try {
    settingsOf({ dev: { nodePools } as K8sPlatformSettingsInput }, environment);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

const pool = (changes: object) => said({ batch: { ...least, ...changes } });
const requiring = (requirement: object) => pool({ requirements: [requirement] });

describe("settings of pools of nodes", () => {
  it("are taken where they say what nodes are like, and the most there may be", () => {
    expect(said({ batch: least })).toBeUndefined();
    expect(requiring({ key: "eks.amazonaws.com/instance-cpu", operator: "Gt", values: ["3"] })).toBeUndefined();
    expect(requiring({ key: "eks.amazonaws.com/instance-local-nvme", operator: "Exists" })).toBeUndefined();
  });

  it.each<[string, string | undefined, RegExp]>([
    ["nothing about nodes", pool({ requirements: [] }), /requirements: \[\] must say what nodes are like/],
    ["no limits", said({ batch: { requirements: least.requirements } }), /nodePools\.batch\.limits: nothing is given/],
    [
      "a label of Karpenter's, which Auto Mode does not know",
      requiring({ key: "karpenter.k8s.aws/instance-family", operator: "In", values: ["m7i"] }),
      /key: "karpenter\.k8s\.aws\/instance-family" must be a label that Auto Mode knows/,
    ],
    [
      "values that mean nothing",
      requiring({ key: "kubernetes.io/arch", operator: "Exists", values: ["amd64"] }),
      /values: .* must be left out with Exists/,
    ],
    ["no values", requiring({ key: "kubernetes.io/arch", operator: "In" }), /must name one value or more with In/],
    [
      "a word for a number",
      requiring({ key: "eks.amazonaws.com/instance-cpu", operator: "Gt", values: ["many"] }),
      /must be one whole number with Gt/,
    ],
    [
      "nodes older than EKS keeps them",
      pool({ expireAfter: "505h" }),
      /expireAfter: "505h" must be whole hours from 1h to 504h/,
    ],
    ["no node that may ever go", pool({ budgets: [{ nodes: "0" }] }), /lets no node go at any time/],
    ["half a schedule", pool({ budgets: [{ nodes: "1", schedule: "@daily" }] }), /schedule and duration together/],
    ["a pool of EKS's name", said({ system: least }), /nodePools\.system: is EKS's own pool/],
    ["the class of EKS's name", said({ default: least }), /nodePools\.default: is EKS's own pool/],
  ])("with %s are refused", (_, message, expected) => {
    expect(message).toMatch(expected);
  });

  it("are refused where no cluster reads them", () => {
    expect(said({ batch: least }, dev)).toMatch(
      /nodePools: no cluster of this environment is of auto-mode \(they are of managed-nodes\).*node groups, in infra's settings/,
    );
  });
});
