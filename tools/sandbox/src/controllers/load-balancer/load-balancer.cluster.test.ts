import {
  CreatePodIdentityAssociationCommand,
  DeletePodIdentityAssociationCommand,
  ListPodIdentityAssociationsCommand,
} from "@aws-sdk/client-eks";
import { DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import {
  CreateTargetGroupCommand,
  DeleteLoadBalancerCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { REGION } from "../../eks-api/testing/landscape";
import { kinds } from "../kubernetes/kinds";
import type { KubernetesObject, ResourceKind } from "../kubernetes/object";
import { deploy, installController } from "../testing/controller-deployment";
import { serveKind } from "../testing/custom-kinds";
import { runCluster, type RunningCluster, until } from "../testing/running-cluster";
import { loadBalancerController } from "./actor";
import { INSTALLED } from "./kinds";
import { WebAcls } from "./web-acls";

const NAMESPACE = "shop";
const CONTROLLER = { name: "aws-load-balancer-controller", namespace: "kube-system" };
const { bindings, params } = INSTALLED;

let cluster: RunningCluster;

beforeAll(async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  cluster = await runCluster([loadBalancerController], ["controller"]);
  const { kubernetes } = cluster;
  for (const kind of [bindings, params]) await serveKind(kubernetes, kind);
  await kubernetes.apply(kinds.namespaces, { metadata: { name: NAMESPACE } });
  await kubernetes.apply(params, {
    metadata: { name: "alb" },
    spec: { group: { name: "dev-a" }, scheme: "internet-facing", targetType: "ip" },
  });
  await kubernetes.apply(kinds.ingressClasses, {
    metadata: { name: "alb" },
    spec: {
      controller: "ingress.k8s.aws/alb",
      parameters: { apiGroup: "elbv2.k8s.aws", kind: "IngressClassParams", name: "alb" },
    },
  });
  const args = [`--cluster-name=${cluster.name}`, "--default-target-type=ip", "--default-tags=environment=dev"];
  await installController(kubernetes, { name: CONTROLLER.name, args, chart: CONTROLLER.name });
  await giveRole();
  for (const name of ["petstore", "storefront"]) await deployApp(name);
});

afterAll(async () => {
  await cluster.stop();
});

async function giveRole(): Promise<void> {
  const { eks, landscape, name: clusterName } = cluster;
  const { name: serviceAccount, namespace } = CONTROLLER;
  const roleArn = landscape.role("controller");
  await eks.send(new CreatePodIdentityAssociationCommand({ clusterName, namespace, serviceAccount, roleArn }));
}

async function takeRole(): Promise<void> {
  const { eks, name: clusterName } = cluster;
  const { associations = [] } = await eks.send(new ListPodIdentityAssociationsCommand({ clusterName }));
  for (const { associationId } of associations) {
    await eks.send(new DeletePodIdentityAssociationCommand({ clusterName, associationId }));
  }
}

async function deployApp(name: string, replicas = 2): Promise<void> {
  const labels = { app: name };
  const ports = [{ name: "http", containerPort: 8080 }];
  await deploy(cluster.kubernetes, { name, namespace: NAMESPACE, labels, ports, replicas });
  await cluster.kubernetes.apply(kinds.services, {
    metadata: { name, namespace: NAMESPACE },
    spec: { selector: labels, ports: [{ name: "http", port: 80, targetPort: "http" }] },
  });
}

async function exposeApp(name: string): Promise<void> {
  const backend = { service: { name, port: { name: "http" } } };
  await cluster.kubernetes.apply(kinds.ingresses, {
    metadata: { name, namespace: NAMESPACE },
    spec: {
      ingressClassName: "alb",
      rules: [{ host: `${name}.dev.example.com`, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }],
    },
  });
}

/** An administrator's, whom nobody judges. */
const ADMIN = { accessKeyId: "test", secretAccessKey: "test", sessionToken: "", expiration: new Date(0) };

/** @returns its ARN */
async function createWebAcl(endpoint: string, Name: string): Promise<string> {
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=test/20000101/${REGION}/wafv2/aws4_request, SignedHeaders=host, Signature=none`,
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWSWAF_20190729.CreateWebACL",
    },
    body: JSON.stringify({ Name, Scope: "REGIONAL", DefaultAction: { Allow: {} }, Rules: [], VisibilityConfig: {} }),
  });
  const { Summary } = (await answer.json()) as { Summary: { ARN: string } };
  return Summary.ARN;
}

const named = (name: string) => ({ name, namespace: NAMESPACE });

async function loadBalancers() {
  return (await cluster.elb.send(new DescribeLoadBalancersCommand({}))).LoadBalancers ?? [];
}

async function targetGroups() {
  return (await cluster.elb.send(new DescribeTargetGroupsCommand({}))).TargetGroups ?? [];
}

async function targetsOf(TargetGroupArn = ""): Promise<string[]> {
  const { TargetHealthDescriptions = [] } = await cluster.elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  return TargetHealthDescriptions.map(({ Target }) => `${Target?.Id ?? ""}:${String(Target?.Port)}`).sort();
}

async function podAddresses(app: string): Promise<string[]> {
  const { items } = await cluster.kubernetes.list(kinds.pods, { namespace: NAMESPACE, labelSelector: `app=${app}` });
  return items
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .map(({ status }) => `${status?.podIP ?? ""}:8080`)
    .sort();
}

/** Waits until pods of an app, and no others, are behind a target group. */
async function untilTargetsAre(app: string, arn: string | undefined): Promise<void> {
  await until(`the pods of ${app} are targets`, async () => {
    const [targets, pods] = [await targetsOf(arn), await podAddresses(app)];
    return pods.length > 0 && targets.join() === pods.join();
  });
}

async function untilGone<T extends KubernetesObject>(kind: ResourceKind<T>, name: string): Promise<void> {
  await until(
    `${kind.kind} ${name} has gone`,
    async () => (await cluster.kubernetes.get(kind, named(name))) === undefined,
  );
}

async function eventsAbout(name: string): Promise<string[]> {
  const { items } = await cluster.kubernetes.list<KubernetesObject & { reason?: string; message?: string }>(
    kinds.events,
    { namespace: NAMESPACE },
  );
  return items
    .filter(({ metadata }) => metadata.name.startsWith(`${name}.`))
    .map(({ reason = "", message = "" }) => `${reason}: ${message}`);
}

async function hostnameOf(name: string): Promise<string | undefined> {
  const ingress = await cluster.kubernetes.get(kinds.ingresses, named(name));
  return ingress?.status?.loadBalancer?.ingress?.[0]?.hostname;
}

describe("Ingresses of a group", () => {
  it("share one load balancer, with the pods of each behind its host name, until the last has gone", async () => {
    await exposeApp("petstore");
    await exposeApp("storefront");
    await until("both show a host name", async () =>
      Boolean((await hostnameOf("petstore")) && (await hostnameOf("storefront"))),
    );

    const [balancer, ...others] = await loadBalancers();
    expect(others).toEqual([]);
    expect(balancer).toMatchObject({ Type: "application", Scheme: "internet-facing" });
    expect(balancer?.LoadBalancerName).toMatch(/^k8s-deva-[0-9a-f]{10}$/);
    expect(await hostnameOf("petstore")).toBe(balancer?.DNSName);
    expect(balancer?.AvailabilityZones?.map(({ SubnetId }) => SubnetId).sort()).toEqual(
      [...cluster.landscape.subnetIds].sort(),
    );

    const tags = await cluster.elb.send(new DescribeTagsCommand({ ResourceArns: [balancer?.LoadBalancerArn ?? ""] }));
    expect(Object.fromEntries((tags.TagDescriptions?.[0]?.Tags ?? []).map(({ Key, Value }) => [Key, Value]))).toEqual({
      environment: "dev",
      "elbv2.k8s.aws/cluster": cluster.name,
      "ingress.k8s.aws/stack": "dev-a",
      "ingress.k8s.aws/resource": "LoadBalancer",
    });

    const LoadBalancerArn = balancer?.LoadBalancerArn;
    const { Listeners = [] } = await cluster.elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
    expect(Listeners).toMatchObject([{ Port: 80, Protocol: "HTTP" }]);
    await until("both have a rule", async () => {
      const { Rules = [] } = await cluster.elb.send(
        new DescribeRulesCommand({ ListenerArn: Listeners[0]?.ListenerArn }),
      );
      return Rules.length === 3;
    });
    const { Rules = [] } = await cluster.elb.send(new DescribeRulesCommand({ ListenerArn: Listeners[0]?.ListenerArn }));
    expect(Rules.map(({ Priority, Conditions }) => [Priority, Conditions?.[0]?.HostHeaderConfig?.Values?.[0]])).toEqual(
      [
        ["1", "petstore.dev.example.com"],
        ["2", "storefront.dev.example.com"],
        ["default", undefined],
      ],
    );
    for (const [index, app] of ["petstore", "storefront"].entries()) {
      await untilTargetsAre(app, Rules[index]?.Actions?.[0]?.TargetGroupArn);
    }
    await cluster.kubernetes.patch(kinds.ingresses, named("storefront"), {
      metadata: { annotations: { "alb.ingress.kubernetes.io/healthcheck-port": "8088" } },
    });
    await until("the nodes let the load balancer in, at the port of its health checks too", async () => {
      const { SecurityGroups = [] } = await cluster.ec2.send(new DescribeSecurityGroupsCommand({}));
      const backend = SecurityGroups.find(({ GroupName = "" }) => GroupName.startsWith("k8s-traffic-"));
      const nodes = SecurityGroups.find(({ GroupName = "" }) => GroupName.startsWith("eks-cluster-sg-"));
      return Boolean(
        nodes?.IpPermissions?.some(({ FromPort, ToPort, UserIdGroupPairs }) => {
          const isWhole = FromPort === 8080 && ToPort === 8088;
          return isWhole && UserIdGroupPairs?.some(({ GroupId }) => GroupId === backend?.GroupId);
        }),
      );
    });

    await cluster.kubernetes.delete(kinds.ingresses, named("petstore"));
    await untilGone(kinds.ingresses, "petstore");
    expect(await loadBalancers()).toHaveLength(1);
    await cluster.kubernetes.delete(kinds.ingresses, named("storefront"));
    await untilGone(kinds.ingresses, "storefront");
    const left = (await cluster.aws.inventory()).filter((resource) => /elbv2|k8s-/.test(resource));
    expect(left).toEqual([]);
  });

  it("follow their pods", async () => {
    await exposeApp("petstore");
    await until("it has its target group", async () => (await targetGroups()).length === 1);
    const [group] = await targetGroups();
    await untilTargetsAre("petstore", group?.TargetGroupArn);
    await deployApp("petstore", 3);
    await untilTargetsAre("petstore", group?.TargetGroupArn);
    expect(await targetsOf(group?.TargetGroupArn)).toHaveLength(3);
    await cluster.kubernetes.delete(kinds.ingresses, named("petstore"));
    await untilGone(kinds.ingresses, "petstore");
  });
});

describe("the class of Ingresses", () => {
  it("puts its web ACL in front of the load balancer, and protects it from all but the controller", async () => {
    const { aws, kubernetes, elb } = cluster;
    const webAcls = new WebAcls({ endpoint: aws.url, region: REGION, credentials: () => Promise.resolve(ADMIN) });
    const [first, second] = [await createWebAcl(aws.url, "first"), await createWebAcl(aws.url, "second")];
    const says = async (spec: object) => kubernetes.patch(params, { name: "alb" }, { spec });
    const protection = { key: "deletion_protection.enabled", value: "true" };
    await says({ wafv2AclArn: first, loadBalancerAttributes: [protection] });
    await exposeApp("petstore");
    await until("it shows a host name", async () => (await hostnameOf("petstore")) !== undefined);
    const [{ LoadBalancerArn = "" } = {}] = await loadBalancers();
    await until("the first is there", async () => (await webAcls.of(LoadBalancerArn)) === first);
    await says({ wafv2AclArn: second });
    await until("the second is there", async () => (await webAcls.of(LoadBalancerArn)) === second);
    await says({ wafv2AclArn: "none" });
    await until("none is there", async () => (await webAcls.of(LoadBalancerArn)) === undefined);

    await expect(elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }))).rejects.toThrow(/deletion protection/);
    await kubernetes.delete(kinds.ingresses, named("petstore"));
    await untilGone(kinds.ingresses, "petstore");
    expect(await loadBalancers()).toEqual([]);
    await says({ wafv2AclArn: null, loadBalancerAttributes: null });
  });
});

describe("a LoadBalancer Service", () => {
  it("has a network load balancer of its own for as long as it is there", async () => {
    await cluster.kubernetes.apply(kinds.services, {
      metadata: named("edge"),
      spec: {
        type: "LoadBalancer",
        loadBalancerClass: "service.k8s.aws/nlb",
        selector: { app: "petstore" },
        ports: [{ name: "http", port: 80, targetPort: 8080 }],
      },
    });
    await until("it shows a host name", async () => {
      const service = await cluster.kubernetes.get(kinds.services, named("edge"));
      return service?.status?.loadBalancer?.ingress?.[0]?.hostname !== undefined;
    });
    expect(await loadBalancers()).toMatchObject([{ Type: "network", Scheme: "internal" }]);
    const [group] = await targetGroups();
    expect(group).toMatchObject({ Protocol: "TCP", Port: 8080, TargetType: "ip" });
    await untilTargetsAre("petstore", group?.TargetGroupArn);
    await cluster.kubernetes.delete(kinds.services, named("edge"));
    await untilGone(kinds.services, "edge");
    expect([...(await loadBalancers()), ...(await targetGroups())]).toEqual([]);
  });
});

describe("a TargetGroupBinding", () => {
  it("registers pods at somebody else's target group, which it leaves alone", async () => {
    const { TargetGroups = [] } = await cluster.elb.send(
      new CreateTargetGroupCommand({
        Name: "theirs",
        Protocol: "HTTP",
        Port: 8080,
        TargetType: "ip",
        VpcId: cluster.landscape.vpcId,
      }),
    );
    const targetGroupARN = TargetGroups[0]?.TargetGroupArn;
    await cluster.kubernetes.apply(bindings, {
      metadata: named("bound"),
      spec: { targetGroupARN, targetType: "ip", serviceRef: { name: "petstore", port: 80 } },
    });
    await untilTargetsAre("petstore", targetGroupARN);
    await cluster.kubernetes.delete(bindings, named("bound"));
    await untilGone(bindings, "bound");
    expect(await targetsOf(targetGroupARN)).toEqual([]);
    expect(await targetGroups()).toHaveLength(1);
  });
});

describe("the controller", () => {
  it("does nothing without a role, and says so on the Ingress", async () => {
    await takeRole();
    await exposeApp("storefront");
    await until("it says so", async () =>
      (await eventsAbout("storefront")).some((event) => /^FailedDeployModel: .*no credentials/.test(event)),
    );
    expect(await loadBalancers()).toEqual([]);
    await giveRole();
    await until("it does its work now", async () => (await hostnameOf("storefront")) !== undefined);
  });

  it("leaves what it made behind when it goes first", async () => {
    await cluster.kubernetes.delete(kinds.deployments, CONTROLLER, { propagationPolicy: "Background" });
    await until("it has gone", async () => (await cluster.kubernetes.get(kinds.deployments, CONTROLLER)) === undefined);
    await cluster.kubernetes.delete(kinds.ingresses, named("storefront"));
    // What would take it away takes no longer than this elsewhere in these tests.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const ingress = await cluster.kubernetes.get(kinds.ingresses, named("storefront"));
    expect(ingress?.metadata.finalizers).toEqual(["group.ingress.k8s.aws/dev-a"]);
    expect(await loadBalancers()).toHaveLength(1);
  });
});
