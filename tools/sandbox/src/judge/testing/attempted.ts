import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
} from "@aws-sdk/client-auto-scaling";
import { CreateVpcCommand, DescribeImagesCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  type Tag,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateBucketCommand, PutBucketPolicyCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { type ClientSettings, documentOf, REGION } from "./roles";

/** Tag by which the load balancer controller knows what is its own. */
export const CLUSTER = "elbv2.k8s.aws/cluster";

/** What attempts are made on. */
export interface Landscape {
  readonly vpc: string;
  /** Target groups of the controller's cluster, and of another. */
  readonly own: string;
  readonly foreign: string;
}

/** Buckets `data` and `state` with an object of each team, a VPC, two target groups, and an Auto Scaling group `nodes`. */
export async function makeLandscape(administrator: ClientSettings): Promise<Landscape> {
  const vpc = await makeVpc(new EC2Client(administrator));
  const elb = new ElasticLoadBalancingV2Client(administrator);
  await makeBuckets(new S3Client(administrator));
  await makeNodes(administrator);
  return { vpc, own: await targetGroup(elb, vpc, "own", "dev"), foreign: await targetGroup(elb, vpc, "foreign", "b") };
}

export function ofCluster(Value: string): Tag[] {
  return [{ Key: CLUSTER, Value }];
}

async function makeVpc(ec2: EC2Client): Promise<string> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
  return Vpc?.VpcId ?? "";
}

async function targetGroup(
  elb: ElasticLoadBalancingV2Client,
  VpcId: string,
  Name: string,
  cluster: string,
): Promise<string> {
  const { TargetGroups } = await elb.send(
    new CreateTargetGroupCommand({
      Name,
      VpcId,
      Protocol: "HTTP",
      Port: 80,
      TargetType: "ip",
      Tags: ofCluster(cluster),
    }),
  );
  return TargetGroups?.[0]?.TargetGroupArn ?? "";
}

async function makeBuckets(s3: S3Client): Promise<void> {
  for (const Bucket of ["data", "state"]) {
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: REGION } }));
    for (const Key of ["pets/a", "pets/kept", "shop/a"])
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: "text" }));
  }
  const kept = { Effect: "Deny", Principal: "*", Action: "s3:DeleteObject", Resource: "arn:aws:s3:::data/*/kept" };
  await s3.send(new PutBucketPolicyCommand({ Bucket: "data", Policy: documentOf([kept]) }));
}

async function makeNodes(administrator: ClientSettings): Promise<void> {
  const { Images } = await new EC2Client(administrator).send(new DescribeImagesCommand({}));
  const autoscaling = new AutoScalingClient(administrator);
  const LaunchConfigurationName = "nodes";
  const ImageId = Images?.[0]?.ImageId;
  await autoscaling.send(
    new CreateLaunchConfigurationCommand({ LaunchConfigurationName, InstanceType: "t3.micro", ImageId }),
  );
  await autoscaling.send(
    new CreateAutoScalingGroupCommand({
      ...{ AutoScalingGroupName: "nodes", LaunchConfigurationName, MinSize: 0, MaxSize: 2 },
      AvailabilityZones: [`${REGION}a`],
      Tags: [{ Key: "owned", Value: "another cluster" }],
    }),
  );
}
