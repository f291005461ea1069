import { type EksApi, type EksApiOptions, startEksApi } from "./server";
import { ACCOUNT_ID, makeLandscape, REGION } from "./testing/landscape";
import { leaveOut, leaveOutNeededField } from "./testing/leave-out";
import { type Moto, startMoto } from "./testing/moto";
import { association, NEEDED_ANSWERS } from "./testing/needed-answers";
import { KINDS, labelOf, NEEDED_FIELDS, type NeededField } from "./testing/needed-fields";
import { addressOf, neededFieldsConfiguration, NEEDED_FIELDS_ROLES } from "./testing/needed-fields-configuration";
import { FAILED, NO_CHANGES, type PlannedChanges } from "./testing/terraform";
import { describeWithTerraform } from "./testing/with-terraform";

type Transform = NonNullable<EksApiOptions["transformResponse"]>;

/** Terraform's actions for what a plan wants. */
const ACTIONS = { replace: ["delete", "create"], update: ["update"], create: ["create"], lose: undefined };

describeWithTerraform("each field that Terraform's AWS provider needs", (terraform) => {
  let transform: Transform = (_, answer) => answer;
  let moto: Moto;
  let api: EksApi;
  let endpoints: Record<string, string>;
  let planned: PlannedChanges;

  beforeAll(async () => {
    moto = await startMoto();
    const landscape = await makeLandscape(moto.url, NEEDED_FIELDS_ROLES);
    api = await startEksApi({
      region: REGION,
      accountId: ACCOUNT_ID,
      awsEndpoint: moto.url,
      transformResponse: (operation, answer) => transform(operation, answer),
    });
    endpoints = { AWS_ENDPOINT_URL: moto.url, AWS_ENDPOINT_URL_EKS: api.url };
    terraform.write("main", neededFieldsConfiguration(landscape));
    await terraform.apply(endpoints);
  });

  afterAll(async () => {
    await api.close();
    await moto.stop();
  });

  it("is answered: nothing is planned", async () => {
    expect(await terraform.plan(endpoints)).toEqual({
      exitCode: NO_CHANGES,
      said: expect.stringContaining("No changes."),
    });
  });

  describe("left out", () => {
    beforeAll(async () => {
      transform = leaveOutNeededField;
      await terraform.plan(endpoints);
      planned = await terraform.plannedChanges();
    });

    for (const kind of KINDS) {
      it.each<NeededField>(NEEDED_FIELDS[kind])(`is missed by the plan: ${kind} $field ($effect)`, (needed) => {
        expect(planned.resources.get(addressOf(kind, needed))).toEqual(ACTIONS[needed.effect]);
        expect(planned.outputs.has(labelOf(kind, needed))).toBe(needed.attribute !== undefined);
      });
    }
  });

  describe("left out of an answer that Terraform acts on", () => {
    it.each(NEEDED_ANSWERS)("stops it: $leftOut", async ({ leftOut, addresses, added = {}, laidOver = {}, says }) => {
      transform = leavingOut(leftOut);
      terraform.write("case", added);
      terraform.write("case_override", laidOver);
      const { exitCode, said } = await terraform.tryApply(endpoints, addresses);
      expect(exitCode).toBe(FAILED);
      for (const what of says) expect(said).toMatch(what);
    });

    it("leaves an association without an id, which nobody can read any more", async () => {
      terraform.write("case", { resource: association("nameless") });
      terraform.write("case_override", {});
      const addresses = ["aws_eks_pod_identity_association.nameless"];
      transform = leavingOut({ CreatePodIdentityAssociation: "association.associationId" });
      expect(await terraform.tryApply(endpoints, addresses)).toMatchObject({ exitCode: 0 });
      transform = (_, answer) => answer;
      const { exitCode, said } = await terraform.tryApply(endpoints, addresses);
      expect(exitCode).toBe(FAILED);
      expect(said).toContain("input member associationId must not be empty");
    });
  });
});

/** Leaves out of each operation's answers what it names. */
function leavingOut(paths: Readonly<Record<string, string>>): Transform {
  return (operation, answer) => {
    const path = paths[operation];
    return path === undefined ? answer : leaveOut(answer, path);
  };
}
