import type { z } from 'zod/v3';

type Zod = typeof z;

/** The fields that name the namespace. */
export const targetFields = {
  cluster: (zod: Zod) =>
    zod.string().min(1).describe('Name of the cluster, such as `staging`'),
  namespace: (zod: Zod) =>
    zod
      .string()
      .min(1)
      .describe('Name of the namespace: a DNS label, such as `team-a-shop`'),
};

export const purposeField = {
  purpose: (zod: Zod) =>
    zod
      .string()
      .max(500)
      .optional()
      .describe(
        'Why, for the people who decide: one line of up to 500 characters',
      ),
};

export const expiryField = {
  expiresAt: (zod: Zod) =>
    zod
      .string()
      .optional()
      .describe(
        'When the role of the group ends: an ISO 8601 time, or a date, which ends with that day in UTC',
      ),
};

const quantities = (zod: Zod) => zod.record(zod.string());

/** The fields of a quota: a size class, or resources. */
export const quotaFields = {
  sizeClass: (zod: Zod) =>
    zod
      .string()
      .optional()
      .describe('Name of a size class, such as `small`; in place of `hard`'),
  hard: (zod: Zod) =>
    quantities(zod)
      .optional()
      .describe(
        'Quantities by resource name, such as `{requests.cpu: "4", requests.memory: 8Gi}`; in place of `sizeClass`',
      ),
  limits: (zod: Zod) =>
    zod
      .array(
        zod.object({
          type: zod.enum(['Container', 'Pod', 'PersistentVolumeClaim']),
          max: quantities(zod).optional(),
          min: quantities(zod).optional(),
          default: quantities(zod).optional(),
          defaultRequest: quantities(zod).optional(),
        }),
      )
      .optional()
      .describe('Items of a LimitRange, in addition to `hard`'),
};

/** The fields that control the step. */
export const stepFields = {
  wait: (zod: Zod) =>
    zod
      .boolean()
      .optional()
      .describe(
        'Whether the step waits until the request is fulfilled; `true` by default. Otherwise it ends as soon as the request is submitted',
      ),
  timeoutMinutes: (zod: Zod) =>
    zod
      .number()
      .positive()
      .max(55)
      .optional()
      .describe(
        'How long to wait, 30 by default; 55 at most, as the sign-in of the person who runs the template ends after an hour',
      ),
  idempotencyKey: (zod: Zod) =>
    zod
      .string()
      .regex(/^[!-~]{1,200}$/)
      .optional()
      .describe(
        'Under the same key, the same person gets the same request; up to 200 printable ASCII characters without spaces. Of the task, the step and the target by default, so that a task that is run again asks only once',
      ),
};

export const outputFields = {
  requestId: (zod: Zod) =>
    zod.string().describe('Id of the request; `dry-run` in a dry run'),
  requestUrl: (zod: Zod) =>
    zod.string().describe('Path of the page of the request in the portal'),
  state: (zod: Zod) =>
    zod
      .string()
      .describe(
        'State of the request when the step ended: `Ready`, or without `wait` any, such as `Submitted`',
      ),
  cluster: (zod: Zod) => zod.string().describe('Name of the cluster'),
  namespace: (zod: Zod) => zod.string().describe('Name of the namespace'),
};
