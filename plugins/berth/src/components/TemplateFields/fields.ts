import { FieldExtensionOptions } from '@backstage/plugin-scaffolder-react';
import { BerthClusterPicker } from './BerthClusterPicker';
import { BerthGroupPicker } from './BerthGroupPicker';
import { BerthSizeClassPicker } from './BerthSizeClassPicker';
import {
  validateCluster,
  validateGroup,
  validateSizeClass,
} from './validation';

const schema = { returnValue: { type: 'string' as const } };

/** The fields for templates, under the names that `ui:field` has for them. */
export const clusterField: FieldExtensionOptions<string, {}> = {
  name: 'BerthClusterPicker',
  component: BerthClusterPicker,
  validation: validateCluster,
  schema,
};

export const groupField: FieldExtensionOptions<string, {}> = {
  name: 'BerthGroupPicker',
  component: BerthGroupPicker,
  validation: validateGroup,
  schema,
};

export const sizeClassField: FieldExtensionOptions<string, {}> = {
  name: 'BerthSizeClassPicker',
  component: BerthSizeClassPicker,
  validation: validateSizeClass,
  schema,
};
