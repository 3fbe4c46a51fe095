import { useEffect, useState } from 'react';
import { FieldProblem } from '@berth/plugin-berth-common';
import { ServerErrors } from '../../../kit/format';
import { ClusterField, ClusterFormValues } from './clusterForm';
import { previewErrorsOf } from './serverErrors';

/** A pause after which a person has probably stopped typing. */
const PAUSE = 700;

const NONE: ServerErrors<ClusterField>['fields'] = {};

/** Asks the server what it would refuse, without saving anything. */
export type PreviewCluster = (
  values: ClusterFormValues,
) => Promise<FieldProblem[]>;

/**
 * The errors that the server reports for the values, requested when typing pauses.
 *
 * @param preview - undefined while the values are incomplete
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
          // The person has not submitted anything yet; the submission shows the failure.
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
