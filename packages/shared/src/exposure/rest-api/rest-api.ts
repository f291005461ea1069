import { createHash } from "node:crypto";
import { ApiGatewayApiKey } from "@cdktf/provider-aws/lib/api-gateway-api-key";
import { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayMethodSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { ApiGatewayUsagePlan } from "@cdktf/provider-aws/lib/api-gateway-usage-plan";
import { ApiGatewayUsagePlanKey } from "@cdktf/provider-aws/lib/api-gateway-usage-plan-key";
import { Construct } from "constructs";
import { terraformLiteral } from "../../json";
import { ACCESS_LOG_FORMAT } from "./access-log-format";
import { integrated, LINK_VARIABLE } from "./integrated";
import type { RestApiSettings } from "./settings";

export interface RestApiProps {
  /** Name of the API, its usage plan and its key. */
  readonly name: string;
  readonly settings: RestApiSettings;
  /** Scheme, host and port that requests are sent to. */
  readonly origin: string;
  /** VPC link to the load balancer of the app. */
  readonly linkId: string;
  /** Log group of its access logs. */
  readonly accessLogGroupArn: string;
}

/** Stage of every API. */
const STAGE = "prod";

/**
 * A regional REST API by an app's OpenAPI document: one stage, which logs each request, and a key with its usage plan. The key meters
 * callers and proves nothing of who they are. Requests are in the access log; the log of what API Gateway does with each is off, for it
 * would have bodies and keys in it.
 */
export class RestApi extends Construct {
  readonly apiId: string;
  readonly stageName: string;
  readonly stageArn: string;

  constructor(scope: Construct, id: string, props: RestApiProps) {
    super(scope, id);
    const { name, settings } = props;
    const body = JSON.stringify(integrated(settings.document, props.origin));
    const api = new ApiGatewayRestApi(this, "api", {
      name,
      description: `Leads to ${name}`,
      body: terraformLiteral(body),
      endpointConfiguration: { types: ["REGIONAL"] },
      failOnWarnings: true,
      // With a name of its own, it is reached by that alone.
      disableExecuteApiEndpoint: settings.domain,
    });
    this.apiId = api.id;
    const stage = this.#stage(body, props);
    this.stageName = stage.stageName;
    this.stageArn = stage.arn;
    this.#limits(props);
    this.#plan(props);
  }

  /** What is deployed is a copy: another document is served once it is deployed again, and the stage has the new copy before the old goes. */
  #stage(body: string, { linkId, accessLogGroupArn }: RestApiProps): ApiGatewayStage {
    const restApiId = this.apiId;
    const deployment = new ApiGatewayDeployment(this, "deployment", {
      restApiId,
      triggers: { document: createHash("sha256").update(body).digest("hex") },
      lifecycle: { createBeforeDestroy: true },
    });
    return new ApiGatewayStage(this, "stage", {
      restApiId,
      deploymentId: deployment.id,
      stageName: STAGE,
      // By the stage: AWS refuses to delete a link that a stage refers to.
      variables: { [LINK_VARIABLE]: linkId },
      accessLogSettings: { destinationArn: accessLogGroupArn, format: ACCESS_LOG_FORMAT },
    });
  }

  #limits({ settings: { throttle } }: RestApiProps): void {
    new ApiGatewayMethodSettings(this, "limits", {
      restApiId: this.apiId,
      stageName: this.stageName,
      methodPath: "*/*",
      settings: {
        metricsEnabled: true,
        loggingLevel: "OFF",
        dataTraceEnabled: false,
        cachingEnabled: false,
        throttlingRateLimit: throttle.requestsPerSecond,
        throttlingBurstLimit: throttle.burst,
      },
    });
  }

  #plan({ name, settings: { throttle, quota } }: RestApiProps): void {
    const plan = new ApiGatewayUsagePlan(this, "plan", {
      name,
      description: `Who may call ${name}, and how often`,
      apiStages: [{ apiId: this.apiId, stage: this.stageName }],
      throttleSettings: { rateLimit: throttle.requestsPerSecond, burstLimit: throttle.burst },
      ...(quota === undefined ? {} : { quotaSettings: { limit: quota.requests, period: quota.period } }),
    });
    const key = new ApiGatewayApiKey(this, "key", { name, description: `Calls ${name}`, enabled: true });
    new ApiGatewayUsagePlanKey(this, "plan-key", { keyId: key.id, keyType: "API_KEY", usagePlanId: plan.id });
  }
}
