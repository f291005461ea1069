import {
  CreateLaunchTemplateCommand,
  DeleteLaunchTemplateCommand,
  DescribeLaunchTemplateVersionsCommand,
  type EC2Client,
  type ResponseLaunchTemplateData,
} from "@aws-sdk/client-ec2";
import type { LaunchTemplateSpecification } from "@aws-sdk/client-eks";
import { invalid, reasonOf } from "../http/errors";

/** One version of a launch template. */
export interface LaunchTemplate {
  readonly id: string;
  readonly name: string;
  /** A number, whatever was asked for. */
  readonly version: string;
  readonly data: ResponseLaunchTemplateData;
}

/** Where EKS's own images have their root volume. */
const ROOT = "/dev/xvda";
/** Of EKS's own images. */
const IMAGE_GIB = 20;

/** What makes the root volume of that size. */
export function rootVolume(gib: number) {
  return { BlockDeviceMappings: [{ DeviceName: ROOT, Ebs: { VolumeSize: gib, DeleteOnTermination: true } }] };
}

/** Size of the root volume of what is launched, in GiB. */
export function rootVolumeGib({ BlockDeviceMappings = [] }: ResponseLaunchTemplateData): number {
  return BlockDeviceMappings.find(({ DeviceName }) => DeviceName === ROOT)?.Ebs?.VolumeSize ?? IMAGE_GIB;
}

/** Launch templates of the local AWS. */
export class LaunchTemplates {
  constructor(private readonly ec2: EC2Client) {}

  /**
   * The version that a node group names: a number, "$Latest" or "$Default"; the default one when it names none.
   *
   * @throws EksError InvalidParameterException when there is none
   */
  async version({ id, name, version = "$Default" }: LaunchTemplateSpecification): Promise<LaunchTemplate> {
    const template = id === undefined ? { LaunchTemplateName: name } : { LaunchTemplateId: id };
    const wanted = `version ${version} of launch template ${id ?? name ?? "without id and name"}`;
    const query = new DescribeLaunchTemplateVersionsCommand({ ...template, Versions: [version] });
    const answer = await this.ec2.send(query).catch((fault: unknown) => {
      throw invalid(`Could not find ${wanted}: ${reasonOf(fault)}.`);
    });
    const { LaunchTemplateId, LaunchTemplateName, VersionNumber, LaunchTemplateData } =
      answer.LaunchTemplateVersions?.[0] ?? {};
    if (!LaunchTemplateId || !LaunchTemplateName || !VersionNumber) throw invalid(`Could not find ${wanted}.`);
    return {
      id: LaunchTemplateId,
      name: LaunchTemplateName,
      version: String(VersionNumber),
      data: LaunchTemplateData ?? {},
    };
  }

  /**
   * Makes the template that EKS makes for a node group which brings none. It names no image: that would be EKS's, which the
   * local AWS does not have. Answers its id.
   *
   * @param diskSize size of the root volume in GiB
   */
  async create(name: string, diskSize: number, tags: Readonly<Record<string, string>>): Promise<string> {
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    const { LaunchTemplate } = await this.ec2.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: name,
        LaunchTemplateData: rootVolume(diskSize),
        TagSpecifications: [{ ResourceType: "launch-template", Tags }],
      }),
    );
    const id = LaunchTemplate?.LaunchTemplateId;
    if (id === undefined) throw new Error(`the local AWS made launch template ${name} without an id`);
    return id;
  }

  async delete(id: string): Promise<void> {
    await this.ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateId: id }));
  }
}
