/**
 * What a stage's access log has of each request: one line of JSON, in API Gateway's variables. Of the key it has the id alone.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
const fields = {
  requestId: "requestId",
  extendedRequestId: "extendedRequestId",
  ip: "identity.sourceIp",
  requestTime: "requestTime",
  httpMethod: "httpMethod",
  resourcePath: "resourcePath",
  status: "status",
  protocol: "protocol",
  responseLength: "responseLength",
  responseLatency: "responseLatency",
  integrationLatency: "integration.latency",
  integrationStatus: "integration.status",
  apiKeyId: "identity.apiKeyId",
  wafResponseCode: "wafResponseCode",
  error: "error.message",
};

export const ACCESS_LOG_FORMAT = JSON.stringify(
  Object.fromEntries(Object.entries(fields).map(([name, variable]) => [name, `$context.${variable}`])),
);
