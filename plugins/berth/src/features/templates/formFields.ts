import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import {
  chartVersionField,
  clusterField,
  groupField,
  namespaceField,
  namespaceNameField,
  requestPreviewField,
  sizeClassField,
} from './fields';

const schema = makeFieldSchema({
  output: z => z.string(),
  uiOptions: z => z.object({}),
});

/** The fields for apps of the new frontend system. */
export const clusterFormField = createFormField({ ...clusterField, schema });
export const groupFormField = createFormField({ ...groupField, schema });
export const namespaceFormField = createFormField({
  ...namespaceField,
  schema: makeFieldSchema({
    output: z => z.string(),
    uiOptions: z => z.object({ clusterField: z.string().optional() }),
  }),
});
export const namespaceNameFormField = createFormField({
  ...namespaceNameField,
  schema: makeFieldSchema({
    output: z => z.string(),
    uiOptions: z =>
      z.object({
        clusterField: z.string().optional(),
        groupField: z.string().optional(),
      }),
  }),
});
export const sizeClassFormField = createFormField({
  ...sizeClassField,
  schema,
});
export const requestPreviewFormField = createFormField({
  ...requestPreviewField,
  schema: makeFieldSchema({
    output: z => z.string(),
    uiOptions: z =>
      z.object({
        clusterField: z.string().optional(),
        namespaceField: z.string().optional(),
        groupField: z.string().optional(),
        roleField: z.string().optional(),
        sizeClassField: z.string().optional(),
      }),
  }),
});
export const chartVersionFormField = createFormField({
  ...chartVersionField,
  schema: makeFieldSchema({
    output: z => z.string(),
    uiOptions: z => z.object({ repository: z.string(), chart: z.string() }),
  }),
});
