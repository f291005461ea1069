import { actorCluster } from "../../controllers/testing/actor-cluster";
import type { Landscape } from "../../eks-api/testing/landscape";
import { grantNodes } from "../../eks-api/access/automatic";
import type { Context } from "../../eks-api/context";
import { M7I_LARGE, node, pod } from "../testing/objects";
import { type NodeClassObject, nodeClasses, type NodePoolObject, nodePools } from "./kinds";
import { isWithin, ownPools } from "./own-pools";
import { bestOffer, offersOf } from "./pools";

const SUBNETS = [{ id: "subnet-1", vpcId: "vpc", zone: "ap-northeast-1a", cidr: "10.0.0.0/24" }];

const batch: NodeClassObject = {
  ...nodeClasses,
  metadata: { name: "batch" },
  spec: { role: "nodes", subnetSelectorTerms: [{ id: "subnet-1" }], securityGroupSelectorTerms: [{ id: "sg-1" }] },
};

function pool(name: string, spec: Partial<NodePoolObject["spec"]> = {}, of = "batch"): NodePoolObject {
  const template = { spec: { nodeClassRef: { name: of }, requirements: [] } };
  return { ...nodePools, metadata: { name }, spec: { template, ...spec } };
}

const said: string[] = [];
const cluster = actorCluster(
  "",
  { role: (name: string) => `arn:aws:iam::123456789012:role/team/${name}`, subnetIds: [] } as unknown as Landscape,
  { name: "one", role: "cluster" },
);
const pools = (objects: readonly NodePoolObject[], classes = [batch]) =>
  ownPools(objects, classes, cluster, (line) => said.push(line));

beforeEach(() => {
  said.length = 0;
});

it("are none as long as nobody lets their nodes in, or their class is not there, and it is told why", () => {
  expect(pools([pool("batch"), pool("lost", {}, "nobody")])).toEqual([]);
  expect(said).toEqual([
    "no node for pool batch: role nodes has no access entry of type EC2",
    "no node for pool lost: there is no NodeClass nobody",
  ]);
});

describe("where an access entry lets their nodes in", () => {
  beforeAll(() => {
    const context = { region: "ap-northeast-1", accountId: "123456789012" } as unknown as Context;
    grantNodes(context, cluster.record, "arn:aws:iam::123456789012:role/team/nodes", "EC2");
  });

  it("are those that are not EKS's, the weightiest first", () => {
    const found = pools([pool("light"), pool("system"), pool("heavy", { weight: 10 })]);
    expect(found.map(({ name }) => name)).toEqual(["heavy", "light"]);
    expect(found[0]).toMatchObject({ subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"], diskGib: 80 });
  });

  it("have nodes that meet all requirements, and none where no type does", () => {
    const requiring = (key: string, operator: string, ...values: string[]) => {
      const template = { spec: { nodeClassRef: { name: "batch" }, requirements: [{ key, operator, values }] } };
      return pools([pool("batch", { template })]).flatMap((one) =>
        offersOf(one, SUBNETS, [M7I_LARGE], "ap-northeast-1"),
      );
    };
    expect(bestOffer([pod()], requiring("eks.amazonaws.com/instance-category", "In", "m"))?.type.name).toBe(
      "m7i.large",
    );
    expect(requiring("eks.amazonaws.com/instance-category", "In", "c")).toEqual([]);
    expect(requiring("karpenter.sh/capacity-type", "NotIn", "on-demand")).toEqual([]);
  });

  it("get no node above their limits", () => {
    const [limited] = pools([pool("batch", { limits: { cpu: "3", memory: "64Gi" } })]);
    const used = { ...node("one"), status: { capacity: { cpu: "2", memory: "8Gi" } } };
    expect(limited && [isWithin(limited, [], M7I_LARGE), isWithin(limited, [used], M7I_LARGE)]).toEqual([true, false]);
  });
});
