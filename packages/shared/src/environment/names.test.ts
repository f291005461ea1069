import { dev } from "../testing/environments";
import {
  accountStackId,
  allEnvironments,
  clusterArn,
  clusterName,
  clusterNames,
  environmentNamed,
  InvalidInput,
  roleArn,
  stateBucket,
} from ".";

describe("names in AWS", () => {
  it("are unique to account and region where AWS's names are global", () => {
    expect(stateBucket(dev)).toBe("demarc-state-123456789012-ap-northeast-1");
    expect(accountStackId(dev)).toBe("account-123456789012-ap-northeast-1");
  });

  it("fit into S3's 63 characters in the region with the longest name", () => {
    expect(stateBucket({ account: "123456789012", region: "ap-northeast-1" }).length).toBeLessThanOrEqual(63);
  });

  it("build cluster and role names from the environment", () => {
    expect(clusterName(dev, "a")).toBe("dev-a");
    expect(clusterNames(dev)).toEqual(["dev-a"]);
    expect(clusterArn({ account: "123456789012", region: "eu-west-1" }, "test-a")).toBe(
      "arn:aws:eks:eu-west-1:123456789012:cluster/test-a",
    );
    expect(roleArn(dev, "team/pets")).toBe("arn:aws:iam::123456789012:role/team/pets");
  });
});

describe("environmentNamed", () => {
  it("names the known ones where there is none of that name", () => {
    const known = allEnvironments()
      .map(({ name }) => name)
      .join(", ");
    expect(() => environmentNamed("-")).toThrow(InvalidInput);
    expect(() => environmentNamed("-")).toThrow(`known are: ${known}`);
  });
});
