import { DescribeListenersCommand, type ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  type Api,
  type ApiGateway,
  type Link,
  type Method,
  type Stage,
  unlessGone,
} from "../../api-gateway/api-gateway";
import { unlessNotFound } from "../../load-balancers-gone";

/** A REST API that leads to a target group. */
export interface ApiWay {
  /** ARN. */
  readonly targetGroup: string;
  /** Where requests are sent, after `https://`: host names of the API's own, or API Gateway's with the path of the stage. */
  readonly addresses: readonly string[];
  /** Ids of the keys of which a request is to have one. Empty: it needs none. */
  readonly keys: readonly string[];
}

/** What is around the APIs, asked for once for all of them. */
interface Around {
  readonly links: readonly Link[];
  /** Host names, and the id of the API that each leads to. */
  readonly domains: Awaited<ReturnType<ApiGateway["domains"]>>;
  readonly plans: Awaited<ReturnType<ApiGateway["plans"]>>;
}

const HTTP = 80;

/** REST APIs of the local AWS. */
export class RestApis {
  constructor(
    private readonly gateway: ApiGateway,
    private readonly elb: ElasticLoadBalancingV2Client,
    private readonly region: string,
  ) {}

  /** Those whose stages lead through a VPC link to a load balancer that listens for them. None of what has gone meanwhile. */
  async ways(): Promise<ApiWay[]> {
    const apis = await this.gateway.apis();
    if (apis.length === 0) return [];
    const { gateway } = this;
    const [links, domains, plans] = await Promise.all([gateway.links(), gateway.domains(), gateway.plans()]);
    const around = { links, domains, plans };
    const ways = await Promise.all(apis.map((api) => unlessGone(this.#waysOf(api, around))));
    return ways.flatMap((found) => found ?? []);
  }

  async #waysOf(api: Api, { links, domains, plans }: Around): Promise<ApiWay[]> {
    // The first one tells: this repository leads all operations of an API to one port, and asks each for a key.
    const operation = await this.gateway.firstMethod(api.id);
    const ways: ApiWay[] = [];
    for (const stage of operation === undefined ? [] : await this.gateway.stages(api.id)) {
      const targetGroup = await this.#targetGroup(operation, stage, links);
      if (targetGroup === undefined) continue;
      const keys = operation?.apiKeyRequired === true ? await this.#keys(api, stage, plans) : [];
      ways.push({ targetGroup, addresses: this.#addresses(api, stage, domains), keys });
    }
    return ways;
  }

  /** What listens at the port that the operation leads to. */
  async #targetGroup(operation: Method | undefined, stage: Stage, links: readonly Link[]): Promise<string | undefined> {
    const { connectionId, uri } = operation?.methodIntegration ?? {};
    const [, variable] = /^\$\{stageVariables\.(\w+)\}$/.exec(connectionId ?? "") ?? [];
    const id = variable === undefined ? connectionId : stage.variables[variable];
    const LoadBalancerArn = links.find((link) => link.id === id)?.targetArns[0];
    if (LoadBalancerArn === undefined || !URL.canParse(uri ?? "")) return undefined;
    const port = Number(new URL(uri ?? "").port) || HTTP;
    const described = await unlessNotFound(this.elb.send(new DescribeListenersCommand({ LoadBalancerArn })));
    return described?.Listeners?.find(({ Port }) => Port === port)?.DefaultActions?.[0]?.TargetGroupArn;
  }

  #addresses(
    { id, disableExecuteApiEndpoint }: Api,
    { stageName }: Stage,
    domains: Around["domains"],
  ): readonly string[] {
    const own = [...domains].flatMap(([host, apiId]) => (apiId === id ? host : []));
    return disableExecuteApiEndpoint ? own : [...own, `${id}.execute-api.${this.region}.amazonaws.com/${stageName}`];
  }

  async #keys({ id }: Api, { stageName }: Stage, plans: Around["plans"]): Promise<string[]> {
    const own = plans.filter(({ apiStages }) =>
      apiStages.some(({ apiId, stage }) => apiId === id && stage === stageName),
    );
    const keys = await Promise.all(own.map((plan) => this.gateway.keys(plan.id)));
    return keys.flat().flatMap((key) => (key.enabled ? key.id : []));
  }
}
