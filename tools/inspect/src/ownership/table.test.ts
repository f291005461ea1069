import { tableOf } from "../testing/owners";
import { chart, objects, written } from "../testing/stacks";
import { ownershipMarkdown } from "./markdown";
import { ownershipReport } from "./report";

const stack = { environment: "test", workspace: "infra", team: "infra", name: "network" } as const;
const titles = (...stacks: Parameters<typeof tableOf>[0]) =>
  tableOf(stacks).rows.map(({ group, title }) => `${group}: ${title}`);

it("has a row for everything, also for what has no name in it", () => {
  const resource = {
    ...{ aws_vpc: { vpc: {} }, aws_route: { out: {} }, aws_kinesis_stream: { events: {} } },
    aws_eks_addon: { own: { addon_name: "guardduty-agent" } },
    helm_release: {
      chart: chart("argo-cd"),
      own: objects({ kind: "Widget", apiVersion: "example.com/v1", metadata: { name: "w" } }),
    },
    kubernetes_cron_job_v1: { nightly: { metadata: {} } },
  };
  expect(titles(written({ ...stack, cluster: "a", resource }))).toEqual([
    "Network: VPC",
    "Installed in the cluster: argo-cd",
    "Installed in the cluster: guardduty-agent",
    "Apps: Workload",
    "Others: aws_kinesis_stream",
    "Others: Widget",
  ]);
});

it("names what is only looked up, where nobody makes one", () => {
  const data = { aws_vpc: { found: {} }, aws_subnet: { found: {} }, aws_region: { current: {} } };
  const { rows } = tableOf([written({ ...stack, data, resource: { aws_subnet: { own: {} } } })]);
  expect(rows.map(({ title, cells }) => [title, cells.get("infra")?.map(({ by }) => by)])).toEqual([
    ["VPC", ["look-up"]],
    ["Subnet", ["stack"]],
  ]);
});

it("has a column for each team that owns a stack, in the order in which they are deployed", () => {
  const of = (workspace: string, team: string, name: string) => written({ ...stack, workspace, team, name });
  const { teams } = tableOf([
    of("till", "aa", "till"),
    of("k8s-platform", "ops", "addons"),
    of("infra", "zz", "network"),
    of("cart", "ops", "cart"),
  ]);
  expect(teams).toEqual(["zz", "ops", "aa"]);
});

it("says in one line who makes the same thing by the same means, and in another who does otherwise", () => {
  const role = { aws_iam_role: { one: {}, two: {} } };
  const table = tableOf([
    written({ ...stack, resource: role }),
    written({
      ...stack,
      name: "data",
      resource: { ...role, aws_db_instance: { d: { manage_master_user_password: true } } },
    }),
  ]);
  expect(ownershipMarkdown(table)).toBe(
    [
      "|  | infra |",
      "|---|---|",
      "| **Account** |  |",
      "| IAM role | `test-network`, `test-data` |",
      "| **Data** |  |",
      "| Database | `test-data` |",
      "| Database's master password | RDS, for database of `test-data` |",
    ].join("\n"),
  );
});

it("says below the table what waits for a controller", () => {
  const binding = {
    kind: "TargetGroupBinding",
    apiVersion: "elbv2.k8s.aws/v1beta1",
    metadata: { name: "b" },
    spec: {},
  };
  const waiting = written({ ...stack, cluster: "a", resource: { helm_release: { own: objects(binding) } } });
  expect(ownershipReport([waiting], ["test"], "markdown")).toMatch(
    /\n\n- No controller of its cluster takes the TargetGroupBinding of `test-a-network`, which asks for `elbv2\.k8s\.aws`\.$/,
  );
  expect(JSON.parse(ownershipReport([waiting], ["test"], "json"))).toMatchObject({
    rows: [{ thing: "TargetGroupBinding", madeBy: { infra: [{ by: "stack", stack: "test-a-network" }] } }],
    unclaimed: [{ stack: "test-a-network", kind: "TargetGroupBinding", class: "elbv2.k8s.aws" }],
  });
});
