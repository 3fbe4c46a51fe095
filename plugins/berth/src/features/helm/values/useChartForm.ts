import { useMemo } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  HelmChartReference,
  HelmReleaseAddress,
} from '@berth/plugin-berth-common';
import { parse } from 'yaml';
import { berthApiRef } from '../../../api';
import { usePolled } from '../../../kit/query';
import { KUBERNETES_YAML } from '../../../kit/code/kubernetesYaml';
import { SchemaForm, schemaForm } from './schemaForm';

/** A longer text takes so long to parse that a person notices it. */
const MAX_DEFAULTS = 200_000;

/** Where the chart is whose values a person edits: in a repository, or stored with a release. */
export type ChartSource =
  | HelmChartReference
  | { address: HelmReleaseAddress; revision: number };

/** What a form for the values of a chart is made from. */
export interface ChartForm {
  /** Absent if the chart has no schema that a form can show. */
  form?: SchemaForm;
  /** The values of the chart. */
  defaults: unknown;
}

/** Loads what the form of a chart is made from. Undefined until it is known; a failure is a chart without a form. */
export function useChartForm(
  source: ChartSource | undefined,
): ChartForm | undefined {
  const api = useApi(berthApiRef);
  const { value, error } = usePolled({
    key: ['chart form', source],
    load: async () => {
      if (!source) {
        return {};
      }
      if ('address' in source) {
        const { address, revision } = source;
        const { yaml, schema } = await api.getReleaseValues(address, {
          revision,
          defaults: true,
        });
        return { schema, values: yaml };
      }
      const { repository, name: chart, version } = source;
      const address = { repository, chart, version };
      const [schema, values] = await Promise.all([
        api.getChartFile(address, 'schema'),
        api.getChartFile(address, 'values'),
      ]);
      return { schema: whole(schema), values: whole(values) };
    },
    ignoresChanges: true,
  });
  return useMemo(() => {
    if (!value) {
      return error === undefined ? undefined : { defaults: undefined };
    }
    const form =
      value.schema === undefined ? undefined : schemaForm(value.schema);
    return {
      ...(form && form.parts.length > 0 && { form }),
      defaults: form && readDefaults(value.values),
    };
  }, [value, error]);
}

function whole({ text, truncated }: { text?: string; truncated?: boolean }) {
  return truncated ? undefined : text;
}

function readDefaults(text = ''): unknown {
  if (text.length > MAX_DEFAULTS) {
    return undefined;
  }
  try {
    return parse(text, { ...KUBERNETES_YAML, maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}
