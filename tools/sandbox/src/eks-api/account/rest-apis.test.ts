import { createServer, type Server } from "node:http";
import { DescribeListenersCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { ApiGateway } from "../../api-gateway/api-gateway";
import { closed, listen } from "../../loopback/listening";
import { RestApis } from "./rest-apis";

const region = "eu-west-1";

/** One load balancer, with a listener for each of two apps. */
const elb = Object.assign(new ElasticLoadBalancingV2Client({ region }), {
  send: (command: unknown) =>
    command instanceof DescribeListenersCommand && command.input.LoadBalancerArn === "balancer"
      ? Promise.resolve({
          Listeners: [8001, 8002].map((Port) => ({
            Port,
            DefaultActions: [{ TargetGroupArn: `group-${String(Port)}` }],
          })),
        })
      : Promise.reject(new Error("it may not be asked")),
});

const endpointConfiguration = { types: ["REGIONAL"] };
const api = (id: string, more = {}) => ({ id, name: id, endpointConfiguration, ...more });

/** What API Gateway answers about an API with one operation, at this port. */
const answersOf = (id: string, port: number, apiKeyRequired: boolean, linkId = "link") => ({
  [`/restapis/${id}/resources`]: {
    item: [
      { id: "root", path: "/" },
      { id: "pets", path: "/pets", resourceMethods: { GET: {} } },
    ],
  },
  [`/restapis/${id}/resources/pets/methods/GET`]: {
    httpMethod: "GET",
    apiKeyRequired,
    methodIntegration: {
      ...{ type: "HTTP_PROXY", connectionType: "VPC_LINK", connectionId: "${stageVariables.vpcLinkId}" },
      uri: `http://${id}.example.com:${String(port)}/pets`,
    },
  },
  [`/restapis/${id}/stages`]: {
    item: [{ stageName: "prod", deploymentId: "d", variables: { vpcLinkId: linkId } }],
  },
});

const answers: Readonly<Record<string, unknown>> = {
  "/restapis": { item: [api("named", { disableExecuteApiEndpoint: true }), api("plain"), api("away"), api("going")] },
  "/vpclinks": { item: [{ id: "link", name: "link", targetArns: ["balancer"], status: "AVAILABLE" }] },
  ...answersOf("named", 8001, true),
  ...answersOf("plain", 8002, false),
  ...answersOf("away", 8001, true, "other"),
  "/domainnames": { item: [{ domainName: "pets.example.com" }] },
  "/domainnames/pets.example.com/basepathmappings": { item: [{ restApiId: "named" }] },
  "/usageplans": {
    item: [
      { id: "p1", name: "named", apiStages: [{ apiId: "named", stage: "prod" }] },
      { id: "p2", name: "plain", apiStages: [{ apiId: "plain", stage: "prod" }] },
    ],
  },
  "/usageplans/p1/keys": { item: [{ id: "k1" }, { id: "k2" }] },
  "/apikeys/k1": { id: "k1", name: "k1", enabled: true },
  "/apikeys/k2": { id: "k2", name: "k2", enabled: false },
};

let server: Server;
let known = answers;
let apis: RestApis;

beforeAll(async () => {
  server = createServer(({ url = "" }, response) => {
    response.statusCode = Object.hasOwn(known, url) ? 200 : 404;
    response.end(JSON.stringify(known[url] ?? { message: "Invalid API identifier specified" }));
  });
  const awsUrl = `http://127.0.0.1:${String(await listen(server))}`;
  apis = new RestApis(new ApiGateway({ awsUrl, region }), elb, region);
});

afterAll(() => closed(server));

it("tells the target group, addresses and enabled keys of each that leads to one, and nothing of one that goes meanwhile", async () => {
  expect(await apis.ways()).toEqual([
    { targetGroup: "group-8001", addresses: ["pets.example.com"], keys: ["k1"] },
    { targetGroup: "group-8002", addresses: ["plain.execute-api.eu-west-1.amazonaws.com/prod"], keys: [] },
  ]);
});

it("asks no more where there is none", async () => {
  known = { "/restapis": { item: [] } };
  expect(await apis.ways()).toEqual([]);
});

it("any other fault is no absence", async () => {
  known = { ...answers, "/restapis/plain/stages": { item: [{}] } };
  await expect(apis.ways()).rejects.toThrow("stageName");
});
