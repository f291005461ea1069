import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
  ListenerNotFoundException,
  LoadBalancerNotFoundException,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { tagsByArn } from "./controllers/load-balancer/load-balancers";
import { LoadBalancers } from "./eks-api/account/load-balancers";

const gone = { message: "gone", $metadata: {} };

/** Elastic Load Balancing, which lists three load balancers: one goes before its listeners are asked for, one's listener after that. */
function answer(command: unknown): Promise<unknown> {
  if (command instanceof DescribeLoadBalancersCommand)
    return Promise.resolve({
      LoadBalancers: ["kept", "gone", "going"].map((LoadBalancerArn) => ({ LoadBalancerArn })),
    });
  if (command instanceof DescribeListenersCommand) {
    const { LoadBalancerArn = "" } = command.input;
    if (LoadBalancerArn === "gone") return Promise.reject(new LoadBalancerNotFoundException(gone));
    return Promise.resolve({ Listeners: [{ ListenerArn: `${LoadBalancerArn}/https` }] });
  }
  if (command instanceof DescribeRulesCommand) {
    if (command.input.ListenerArn === "going/https") return Promise.reject(new ListenerNotFoundException(gone));
    const Conditions = [{ Field: "host-header", HostHeaderConfig: { Values: ["shop.example.com"] } }];
    return Promise.resolve({ Rules: [{ Conditions, Actions: [{ TargetGroupArn: "group" }] }] });
  }
  if (command instanceof DescribeTagsCommand) {
    const { ResourceArns = [] } = command.input;
    if (ResourceArns.includes("gone")) return Promise.reject(new LoadBalancerNotFoundException(gone));
    return Promise.resolve({ TagDescriptions: ResourceArns.map((ResourceArn) => ({ ResourceArn, Tags: [] })) });
  }
  return Promise.reject(new Error("it may not be asked"));
}

function client(answers = answer): ElasticLoadBalancingV2Client {
  return Object.assign(new ElasticLoadBalancingV2Client({ region: "eu-central-1" }), { send: answers });
}

it("tags of what was listed and has gone are none, and those of the others are there", async () => {
  const tags = await tagsByArn({ elb: client() }, ["kept", "gone", "going"]);
  expect([...tags.keys()]).toEqual(["kept", "going"]);
});

it("rules of what was listed and has gone are none, and those of the others are there", async () => {
  const rules = await new LoadBalancers(client()).forwardingRules();
  expect(rules).toEqual([{ hosts: ["shop.example.com"], groups: [{ arn: "group", weight: 1 }] }]);
});

it("any other fault is no absence", async () => {
  const elb = client(() => Promise.reject(new Error("no network")));
  await expect(tagsByArn({ elb }, ["kept"])).rejects.toThrow("no network");
  await expect(new LoadBalancers(elb).forwardingRules()).rejects.toThrow("no network");
});
