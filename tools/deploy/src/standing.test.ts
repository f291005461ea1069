import { dev } from "@demarc/shared/testing";
import { StackGraph } from "./graph";
import { stacksToDestroy } from "./standing";
import { projectOf, stackOf } from "./testing/two-clusters";

it("leaves standing what Terraform may not destroy, and all that it stands on", () => {
  const kept = { ...stackOf("dev-data", "dev/infra/data", ["dev/infra/network"]), protected: ["aws_db_instance.main"] };
  const network = stackOf("dev-network", "dev/infra/network");
  const dns = stackOf("dev-dns", "dev/infra/dns", ["dev/infra/network"]);
  const graph = new StackGraph(dev, [projectOf("infra", "infra", kept, dns, network)]);
  const said: string[] = [];
  const going = stacksToDestroy(graph.toDestroy(), graph, (line) => said.push(line));
  expect(going.map(({ id }) => id)).toEqual(["dev-dns"]);
  expect(said).toEqual([
    expect.stringMatching(/^dev-data stays, .* protect what is in it: aws_db_instance\.main\. /),
    "dev-network stays: dev-data stands on it.",
  ]);
});
