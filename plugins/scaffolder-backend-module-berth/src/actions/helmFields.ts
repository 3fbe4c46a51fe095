import type { z } from 'zod/v3';

type Zod = typeof z;

/** The fields of an installation, besides its place. */
export const helmFields = {
  release: (zod: Zod) =>
    zod
      .string()
      .min(1)
      .max(53)
      .describe('Name of the release: lowercase letters, digits, "-" and "."'),
  chart: (zod: Zod) =>
    zod
      .object({
        repository: zod
          .string()
          .describe('Name of a chart repository of the portal'),
        name: zod.string().describe('Name of the chart'),
        version: zod.string().describe('Version of the chart, such as `1.4.2`'),
      })
      .strict()
      .describe('A version of a chart'),
  values: (zod: Zod) =>
    zod
      .union([zod.record(zod.any()), zod.string()])
      .optional()
      .describe(
        'The values that differ from those of the chart: an object, or YAML. They are not part of the log',
      ),
  description: (zod: Zod) =>
    zod
      .string()
      .max(200)
      .optional()
      .describe('What the history of the release says, in one line'),
  upgrade: (zod: Zod) =>
    zod
      .boolean()
      .optional()
      .describe(
        'Whether a release of that name may get another chart or other values; `false` by default, and the step then fails. A release that has the chart and the values already stays as it is',
      ),
  rollbackOnFailure: (zod: Zod) =>
    zod
      .boolean()
      .optional()
      .describe(
        'Whether helm waits until the objects are ready, and undoes the operation if they are not; `false` by default',
      ),
  wait: (zod: Zod) =>
    zod
      .boolean()
      .optional()
      .describe(
        'Whether the step waits until the operation has ended; `true` by default. Otherwise it ends as soon as the operation is accepted',
      ),
  timeoutMinutes: (zod: Zod) =>
    zod
      .number()
      .positive()
      .max(55)
      .optional()
      .describe('How long to wait, 30 by default; the operation goes on'),
};

export const helmOutputFields = {
  cluster: (zod: Zod) => zod.string().describe('Name of the cluster'),
  namespace: (zod: Zod) => zod.string().describe('Name of the namespace'),
  release: (zod: Zod) => zod.string().describe('Name of the release'),
  releaseUrl: (zod: Zod) =>
    zod.string().describe('Path of the page of the release in the portal'),
  state: (zod: Zod) =>
    zod
      .string()
      .describe(
        'State of the operation when the step ended: `Succeeded`, or without `wait` any, such as `Queued`; `dry-run` in a dry run',
      ),
  revision: (zod: Zod) =>
    zod
      .number()
      .optional()
      .describe('The revision of the release, once helm has ended'),
  operationId: (zod: Zod) =>
    zod
      .string()
      .optional()
      .describe('Id of the operation; absent if there was nothing to do'),
  operationUrl: (zod: Zod) =>
    zod
      .string()
      .optional()
      .describe('Path of the page of the operation in the portal'),
};
