import {
  CreatePodIdentityAssociationCommand,
  type CreatePodIdentityAssociationCommandInput,
  DeletePodIdentityAssociationCommand,
  DescribePodIdentityAssociationCommand,
  ListPodIdentityAssociationsCommand,
  UpdatePodIdentityAssociationCommand,
} from "@aws-sdk/client-eks";
import { makeCluster, type Running, startInProcess } from "./testing/in-process";
import { roleArn } from "./testing/memory-account";

let running: Running;

beforeEach(async () => {
  running = await startInProcess();
  await makeCluster(running, "dev");
});

afterEach(async () => {
  await running.stop();
});

async function create(more: Partial<CreatePodIdentityAssociationCommandInput> = {}) {
  const input = { clusterName: "dev", namespace: "shop", serviceAccount: "app", roleArn: roleArn("app"), ...more };
  const { association } = await running.eks.send(new CreatePodIdentityAssociationCommand(input));
  return { clusterName: "dev", associationId: association?.associationId };
}

it("is known by an id of its own, and can get another role", async () => {
  const id = await create({ tags: { team: "shop" } });
  await running.eks.send(new UpdatePodIdentityAssociationCommand({ ...id, roleArn: roleArn("other") }));
  const { association } = await running.eks.send(new DescribePodIdentityAssociationCommand(id));
  expect(association).toMatchObject({
    namespace: "shop",
    serviceAccount: "app",
    roleArn: roleArn("other"),
    tags: { team: "shop" },
    associationArn: `arn:aws:eks:ap-northeast-1:123456789012:podidentityassociation/dev/${id.associationId ?? ""}`,
  });
});

it("is one per service account of a namespace", async () => {
  const { associationId = "" } = await create();
  await expect(create({ roleArn: roleArn("other") })).rejects.toMatchObject({
    name: "ResourceInUseException",
    message: `Association already exists: ${associationId}`,
  });
  await create({ namespace: "pets" });
  await create({ serviceAccount: "worker" });
});

it("needs a role that is there, then and later", async () => {
  const missing = roleArn("missing");
  await expect(create({ roleArn: missing })).rejects.toMatchObject({ name: "InvalidParameterException" });
  const id = await create();
  const change = new UpdatePodIdentityAssociationCommand({ ...id, roleArn: missing });
  await expect(running.eks.send(change)).rejects.toMatchObject({ name: "InvalidParameterException" });
});

it("is listed by namespace and service account", async () => {
  await create();
  await create({ namespace: "pets" });
  await create({ namespace: "pets", serviceAccount: "worker" });
  const list = async (filter: object) => {
    const listed = await running.eks.send(new ListPodIdentityAssociationsCommand({ clusterName: "dev", ...filter }));
    return listed.associations?.map(({ namespace, serviceAccount }) => `${namespace ?? ""}/${serviceAccount ?? ""}`);
  };
  expect(await list({})).toEqual(["shop/app", "pets/app", "pets/worker"]);
  expect(await list({ namespace: "pets" })).toEqual(["pets/app", "pets/worker"]);
  expect(await list({ namespace: "pets", serviceAccount: "worker" })).toEqual(["pets/worker"]);
});

it("leaves its service account free when it is deleted", async () => {
  const id = await create();
  await running.eks.send(new DeletePodIdentityAssociationCommand(id));
  const described = running.eks.send(new DescribePodIdentityAssociationCommand(id));
  await expect(described).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await create();
});
