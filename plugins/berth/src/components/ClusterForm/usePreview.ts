import { useEffect, useState } from 'react';
import { FieldProblem } from '@berth/plugin-berth-common';
import { ServerErrors } from '../../format';
import { ClusterField, ClusterFormValues } from './clusterForm';
import { previewErrorsOf } from './serverErrors';

/** Long enough that a person has stopped typing. */
const PAUSE = 700;

const NONE: ServerErrors<ClusterField>['fields'] = {};

/** Asks the server what it would refuse, without keeping anything. */
export type PreviewCluster = (
  values: ClusterFormValues,
) => Promise<FieldProblem[]>;

/**
 * What the server would refuse of the values, asked for whenever typing pauses.
 *
 * @param preview - undefined while there is nothing that could be asked
 */
export function usePreview(
  values: ClusterFormValues,
  preview: PreviewCluster | undefined,
): ServerErrors<ClusterField>['fields'] {
  const [errors, setErrors] = useState(NONE);
  useEffect(() => {
    setErrors(NONE);
    if (!preview) {
      return undefined;
    }
    let current = true;
    const timer = setTimeout(
      () =>
        preview(values).then(
          problems => current && setErrors(previewErrorsOf(problems)),
          // Nobody has asked for anything yet; whoever submits the form is told what failed.
          () => {},
        ),
      PAUSE,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [preview, values]);
  return errors;
}
