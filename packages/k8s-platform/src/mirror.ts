import type { Target } from "@demarc/shared/stack";
import { z } from "zod";
import type { Chart } from "./versions";

const registry = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?(\/[a-z0-9._/-]*[a-z0-9])?$/,
    "must be a registry with its path, such as 123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/ecr-public",
  );

/** Where charts and images come from in a company that lets nothing in from the internet. */
export const mirrorSettings = z.strictObject({
  /** One repository that has every chart, in the pinned version. @default each chart's own */
  charts: z
    .string()
    .regex(
      /^(https?|oci):\/\/[\w.-]+(:\d+)?(\/[\w.~-]+)*\/?$/,
      "must be a chart repository by its address and nothing besides, such as oci://registry.example.com/charts",
    )
    .optional(),
  /** By the registry that it stands in for: an image keeps its path below it. @default none: from the registry itself */
  images: z
    .strictObject({
      "docker.io": registry.optional(),
      "public.ecr.aws": registry.optional(),
      "registry.k8s.io": registry.optional(),
    })
    .default({}),
});

export type MirrorSettings = z.output<typeof mirrorSettings>;

/** Address of the repository that a chart comes from: the target's where that has one, else the mirror's, else its own. */
export function repositoryOf({ repository }: Chart, mirror: MirrorSettings, target: Target): string {
  return target.charts ?? mirror.charts ?? repository;
}

/** Address of an image where it is to be had: in the mirror, if its registry has one. */
export function mirrored(image: string, { images }: MirrorSettings): string {
  const mirrors: Readonly<Record<string, string | undefined>> = images;
  const [registry = "", ...path] = image.split("/");
  return [mirrors[registry] ?? registry, ...path].join("/");
}
