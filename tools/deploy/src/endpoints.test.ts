import { checkEndpoints, checkLoopback, endpointsIn } from "./endpoints";

const local = { DEMARC_SANDBOX: "1", AWS_ENDPOINT_URL: "http://127.0.0.1:4566" };

describe("a real deploy", () => {
  it("goes to AWS's own endpoints", () => {
    expect(() => checkEndpoints({ AWS_REGION: "eu-west-1", AWS_ENDPOINT_URL: "" })).not.toThrow();
  });

  it.each([
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_EKS",
    "AWS_ENDPOINT_URL_API_GATEWAY",
    "AWS_S3_ENDPOINT",
    "TF_AWS_IAM_ENDPOINT",
  ])("is refused with %s, even on this machine", (name) => {
    expect(() => checkEndpoints({ [name]: "http://127.0.0.1:4566" })).toThrow(
      `the environment names others (${name}=http://127.0.0.1:4566)`,
    );
  });

  it("minds no variable that only looks like an endpoint", () => {
    const variables = {
      AWS_USE_FIPS_ENDPOINT: "true",
      AWS_USE_DUALSTACK_ENDPOINT: "true",
      AWS_EC2_METADATA_SERVICE_ENDPOINT: "http://169.254.169.254",
    };
    expect(endpointsIn(variables)).toEqual([]);
  });
});

describe("the sandbox", () => {
  it.each(["http://127.0.0.1:4566", "http://127.1:4566", "http://localhost:4566", "http://[::1]:4566/"])(
    "takes %s",
    (url) => {
      expect(() => checkEndpoints({ ...local, AWS_ENDPOINT_URL_EKS: url })).not.toThrow();
    },
  );

  it.each([
    "https://eks.ap-northeast-1.amazonaws.com",
    "http://127.0.0.1.example.com",
    "http://127.0.0.1@example.com",
    "http://localhost.example.com",
    "http://10.0.0.1",
    "127.0.0.1:4566",
  ])("refuses %s", (url) => {
    expect(() => checkEndpoints({ ...local, AWS_ENDPOINT_URL_EKS: url })).toThrow(`AWS_ENDPOINT_URL_EKS=${url}`);
  });

  it("refuses to run without an endpoint, for it would reach AWS", () => {
    expect(() => checkEndpoints({ DEMARC_SANDBOX: "1", AWS_ENDPOINT_URL_EKS: "http://127.0.0.1:1" })).toThrow(
      "lacks AWS_ENDPOINT_URL",
    );
  });

  it("names every endpoint that is elsewhere", () => {
    expect(() =>
      checkLoopback([
        ["AWS_ENDPOINT_URL", "http://a.example"],
        ["AWS_ENDPOINT_URL_S3", "http://b.example"],
      ]),
    ).toThrow("AWS_ENDPOINT_URL=http://a.example, AWS_ENDPOINT_URL_S3=http://b.example");
  });
});
