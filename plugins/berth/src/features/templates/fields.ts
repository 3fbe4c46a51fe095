import { FieldExtensionOptions } from '@backstage/plugin-scaffolder-react';
import { BerthNamespaceName } from './NewNamespaceName';
import { BerthRequestPreview } from './RequestPreview';
import {
  BerthChartVersionPicker,
  BerthClusterPicker,
  BerthGroupPicker,
  BerthNamespacePicker,
  BerthSizeClassPicker,
} from './pickers';
import { templateField } from './templateField';
import {
  validateCluster,
  validateGroup,
  validateNamespaceName,
  validateSizeClass,
} from './validation';

const schema = { returnValue: { type: 'string' as const } };

/** The fields for templates, under their names for `ui:field`. */
export const clusterField: FieldExtensionOptions<string, {}> = {
  name: 'BerthClusterPicker',
  component: templateField(BerthClusterPicker),
  validation: validateCluster,
  schema,
};

export const groupField: FieldExtensionOptions<string, {}> = {
  name: 'BerthGroupPicker',
  component: templateField(BerthGroupPicker),
  validation: validateGroup,
  schema,
};

/** Reads the cluster from the form, so the backend checks the name. */
export const namespaceField: FieldExtensionOptions<string, {}> = {
  name: 'BerthNamespacePicker',
  component: templateField(BerthNamespacePicker),
  schema,
};

/** The API checks whether the name is free. */
export const namespaceNameField: FieldExtensionOptions<string, {}> = {
  name: 'BerthNamespaceName',
  component: templateField(BerthNamespaceName),
  validation: validateNamespaceName,
  schema,
};

export const sizeClassField: FieldExtensionOptions<string, {}> = {
  name: 'BerthSizeClassPicker',
  component: templateField(BerthSizeClassPicker),
  validation: validateSizeClass,
  schema,
};

export const requestPreviewField: FieldExtensionOptions<string, {}> = {
  name: 'BerthRequestPreview',
  component: templateField(BerthRequestPreview),
  schema,
};

/** Reads the chart from the options of the template. The preview of helm checks the version. */
export const chartVersionField: FieldExtensionOptions<string, {}> = {
  name: 'BerthChartVersionPicker',
  component: templateField(BerthChartVersionPicker),
  schema,
};
