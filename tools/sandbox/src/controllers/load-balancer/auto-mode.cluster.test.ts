import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { kinds } from "../kubernetes/kinds";
import { deploy } from "../testing/controller-deployment";
import { runCluster, type RunningCluster, until } from "../testing/running-cluster";
import { autoModeLoadBalancers } from "./actor";

let cluster: RunningCluster;

beforeAll(async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const request = {
    computeConfig: { enabled: true },
    storageConfig: { blockStorage: { enabled: true } },
    kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } },
    bootstrapSelfManagedAddons: false,
  };
  cluster = await runCluster([autoModeLoadBalancers], [], request, ["AmazonEKSLoadBalancingPolicy"]);
});

afterAll(async () => {
  await cluster.stop();
});

it("makes the load balancer of a Service with nothing installed, and takes it away with it", async () => {
  const labels = { app: "petstore" };
  const petstore = { name: "petstore", namespace: "default" };
  await deploy(cluster.kubernetes, { ...petstore, labels, ports: [{ name: "http", containerPort: 8080 }] });
  await cluster.kubernetes.apply(kinds.services, {
    metadata: {
      ...petstore,
      annotations: { "service.beta.kubernetes.io/aws-load-balancer-inbound-sg-rules-on-private-link-traffic": "off" },
    },
    spec: {
      type: "LoadBalancer",
      loadBalancerClass: "eks.amazonaws.com/nlb",
      selector: labels,
      ports: [{ port: 80, targetPort: "http" }],
    },
  });
  const targets = async () => {
    const { TargetGroups = [] } = await cluster.elb.send(new DescribeTargetGroupsCommand({}));
    const TargetGroupArn = TargetGroups[0]?.TargetGroupArn;
    if (TargetGroupArn === undefined) return [];
    const health = await cluster.elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    return (health.TargetHealthDescriptions ?? []).map(({ Target }) => Target?.Port);
  };
  await until("its pod is a target", async () => (await targets()).length === 1);
  expect(await targets()).toEqual([8080]);
  const { LoadBalancers } = await cluster.elb.send(new DescribeLoadBalancersCommand({}));
  expect(LoadBalancers).toMatchObject([
    { Type: "network", Scheme: "internal", EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "off" },
  ]);
  expect((await cluster.kubernetes.get(kinds.services, petstore))?.metadata.finalizers).toContain(
    "service.eks.amazonaws.com/resources",
  );
  await cluster.kubernetes.delete(kinds.services, petstore);
  await until("it has gone", async () => (await cluster.kubernetes.get(kinds.services, petstore)) === undefined);
  expect((await cluster.aws.inventory()).filter((resource) => /elbv2|k8s-/.test(resource))).toEqual([]);
});
