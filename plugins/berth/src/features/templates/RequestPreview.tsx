import { useApi } from '@backstage/core-plugin-api';
import { RequestSpec } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { useAnswer } from '../../kit/hooks';
import { PreviewPanel } from '../../kit/request/PreviewPanel';
import { PickerProps } from './PickerField';

const PAUSE_MS = 300;

/** The fields of a form that a request is made of. */
const FIELDS = ['cluster', 'namespace', 'group', 'role', 'sizeClass'] as const;

type Values = Partial<Record<(typeof FIELDS)[number], string>>;

/** Shows in the form of a template what the rules would decide. It has no value of its own. */
export function BerthRequestPreview(props: PickerProps) {
  const api = useApi(berthApiRef);
  const preview = useAnswer(
    specOf(valuesOf(props)),
    spec => api.previewRequest(spec),
    PAUSE_MS,
  );
  return <PreviewPanel preview={preview} isAtFields={false} />;
}

/** Reads the fields that `ui:options` names, such as `{ namespaceField: name }`, or the fields with the usual names. */
function valuesOf({ formContext, uiSchema }: PickerProps): Values {
  const options = uiSchema?.['ui:options'] ?? {};
  return Object.fromEntries(
    FIELDS.flatMap(field => {
      const value =
        formContext?.formData?.[String(options[`${field}Field`] ?? field)];
      return typeof value === 'string' && value ? [[field, value]] : [];
    }),
  );
}

/** A role makes it a request for a role, a group without a role one for a namespace, and no group one for a quota. */
export function specOf(values: Values): RequestSpec | undefined {
  const { cluster, namespace, group, role, sizeClass } = values;
  if (!cluster || !namespace) {
    return undefined;
  }
  const place = { cluster, namespace };
  if (group && role) {
    return { kind: 'grant', ...place, group, role } as RequestSpec;
  }
  if (!sizeClass) {
    return undefined;
  }
  const quota = { sizeClass };
  return group
    ? { kind: 'namespace', ...place, group, quota }
    : { kind: 'quota', ...place, quota };
}
